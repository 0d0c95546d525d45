import ArgumentParser
import Casebook
import CasebookStore
import EventLog

/// `dossier diff`
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What changed between two moments.",
    discussion: """
      EXAMPLES
        dossier diff gouzenko @400..@412
        dossier diff gouzenko 2026-03-01..today
        dossier diff "2 weeks ago..now"
        dossier diff @400.. --source fbi-1955 --format json

      Without a case, of the whole casebook: how much by voice and by case, then each thing that was added, changed \
      or removed. What was added and taken back between the two moments is in neither.
      """)

  @Argument(help: "The case, if only one, then WHEN..WHEN.", completion: .cases)
  var arguments: [String]
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (1...2).contains(arguments.count) else {
      throw ValidationError("Give WHEN..WHEN, or a case and WHEN..WHEN.")
    }
    guard read.asOf == nil else {
      throw ValidationError("WHEN..WHEN says when; --as-of is not needed beside it.")
    }
  }

  func run() async throws {
    _ = try moments { try When(in: read.zone(Settings())).read($0).asOf }
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let (from, to) = try await range(session, store)
    let cases = try await cases(session, store, from, to)
    var parts: [CasebookDifference.Part] = []
    var view = try await store.view(of: [], at: to, read.voices())
    let past = try await store.voices(try read.voices(), heardAt: from)
    if arguments.count == 1 {
      let ground = try await store.view(of: [], past, at: from)
      parts += CasebookDifference.parts(of: GroundDifference(from: ground, to: view.state))
    }
    // Some cases at a time, so that memory holds no more, however many changed.
    for start in stride(from: 0, to: cases.count, by: 50) {
      let some = cases[start..<min(start + 50, cases.count)]
      let old = try await store.view(of: Set(some), past, at: from)
      let new = try await store.view(of: Set(some), at: to, read.voices())
      view.add(stoppedIn: new)
      for slug in some {
        let entries = CaseDifference(from: old.cases[slug], to: new.state.cases[slug]).entries
          .filter { [view] in $0.voice != nil || view.showsRecorders }
        if !entries.isEmpty { parts.append(.init(kind: .case, slug: slug, entries: entries)) }
      }
    }
    let difference = CasebookDifference(
      parts: parts, from: from, view: view, isOfOneCase: arguments.count == 2)
    try session.show(on: view, difference.document)
  }

  private func range(_ session: Session, _ store: CasebookStore) async throws -> (Basis, Basis) {
    let when = try When(in: read.zone(session.settings))
    let moments = try moments { try when.read($0, session.terminal) }
    let from = try await store.log.resolve(moments.from, of: store.casebookID)
    let to = try await store.log.resolve(moments.to, of: store.casebookID)
    guard from.position <= to.position else {
      throw Failure(
        .usage, "\"\(arguments.last ?? "")\" runs backwards. Write the earlier moment first")
    }
    return (from, to)
  }

  /// Both ends of WHEN..WHEN; an end left out is the beginning, or now.
  private func moments(_ moment: (String) throws -> AsOf) throws -> (from: AsOf, to: AsOf) {
    let text = arguments.last ?? ""
    guard let cut = text.firstRange(of: "..") else {
      throw Failure(.usage, "\"\(text)\" is not WHEN..WHEN. Write it as @400..@412")
    }
    let (first, last) = (String(text[..<cut.lowerBound]), String(text[cut.upperBound...]))
    return (
      first.isEmpty ? .position(0) : try moment(first), last.isEmpty ? .head : try moment(last)
    )
  }

  private func cases(
    _ session: Session, _ store: CasebookStore, _ from: Basis, _ to: Basis
  ) async throws -> [Slug] {
    if arguments.count == 2 {
      let slug = try Slug(arguments[0])
      let view = try await store.view(of: [slug], at: to)
      guard view.state.cases[slug] != nil else {
        throw await session.unknownCase(slug, in: store, at: view)
      }
      return [slug]
    }
    guard from.position < to.position else { return [] }
    return try await store.changedCases(in: from.position + 1...to.position)
  }
}

extension CasebookStore {
  /// The voices that could be heard at a moment: sources that were not registered yet said nothing. Nil when nobody
  /// could.
  fileprivate func voices(
    _ voices: VoiceSelection, heardAt basis: Basis
  ) async throws -> VoiceSelection? {
    let known = Set(try await view(of: [], at: basis).state.sources.keys)
    var heard = voices
    heard.only.formIntersection(known)
    heard.without.formIntersection(known)
    return heard.only.isEmpty && !voices.only.isEmpty ? nil : heard
  }

  /// The state with these cases as `voices` tell it; an empty one when nobody is heard.
  fileprivate func view(
    of cases: Set<Slug>, _ voices: VoiceSelection?, at basis: Basis
  ) async throws -> CasebookState {
    guard let voices else { return CasebookState() }
    return try await view(of: cases, at: basis, voices).state
  }
}
