import Casebook
import EventLog
public import struct FoundationEssentials.UUID
import StrictJSON

extension CasebookStore {
  /// The request that undoes what the connected person last did in this casebook, or what they did at a position. It is
  /// refused if the cases and sources concerned change before it is carried out; one carried out before stays what it was.
  ///
  /// - Parameters:
  ///   - position: an event of the request to undo; nil for the last request.
  ///   - reason: why, for the history.
  ///   - id: the identity of the new request, when the caller chose one.
  /// - Returns: the request, to be carried out.
  /// - Throws: `Refusal` when there is nothing to undo, something has changed since, or it has no opposite.
  public func undoing(
    _ position: Int64? = nil, reason: String, id: UUID?
  ) async throws -> Request {
    var asked: [(String, JSON)] = [("command", "undo"), ("reason", .string(reason))]
    if let position { asked.append(("position", .integer(position))) }
    let canonicalText = JSON.object(JSONObject(asked)).canonicalText
    let repeated = Request(id: id, [], canonicalText: canonicalText)
    if try await firstReceipt(of: repeated) != nil { return repeated }
    guard let last = try await log.lastRequest(of: casebookID, at: position) else {
      if let position {
        throw Refusal(
          .notUndoable, "@\(position) is not of a request of yours in \(slug)",
          remedy: "Look at it with: dossier log show @\(position)")
      }
      throw Refusal(
        .notUndoable, "you have not changed anything in \(slug) yet",
        remedy: "Nothing needs to be undone.")
    }
    let events = try await log.events(
      of: casebookID, positions: last)
    let facts = try events.map { event throws(EvolveError) in try Fact(event) }
    let cases = Set(facts.filter { $0.stream.kind == .caseFile }.map(\.stream.id))
    let now = try await view(of: cases).state
    let commands = try Compensation(
      undoing: facts,
      before: try await view(of: cases, at: basis(before: last.lowerBound)).state,
      left: try await view(of: cases, at: log.resolve(.position(last.upperBound), of: casebookID))
        .state,
      now: now
    ).commands(reason: reason)
    let touched = facts.map(\.stream).filter { $0.kind != .casebook }
    var request = Request(
      id: id, commands,
      expectedVersions: Dictionary(
        touched.map { ($0.id, now.version(of: $0)) }, uniquingKeysWith: { first, _ in first }),
      canonicalText: canonicalText)
    // What stood before may stand again, whatever text was attached since.
    request.checksQuotes = false
    request.undone = last.lowerBound
    return request
  }

  /// The positions of events by which the connected person took something back with an undo. Undoing an undo takes
  /// nothing back: it does the thing again.
  public func takenBack() async throws -> Set<Int64> {
    var undos: Set<Int64> = []
    var positions: Set<Int64> = []
    for undo in try await log.undos(of: casebookID) where !undos.contains(undo.undone) {
      undos.insert(undo.positions.lowerBound)
      positions.formUnion(undo.positions)
    }
    return positions
  }

  private func basis(before position: Int64) async throws -> Basis {
    try await log.resolve(.position(position - 1), of: casebookID)
  }
}
