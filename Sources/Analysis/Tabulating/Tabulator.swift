public import Casebook

/// Puts tabulations to cases, one case at a time, so that memory holds what was found and not the cases.
public struct Tabulator: Sendable {
  private let tabulations: [Slug: TabulationContent]
  private let criteria: [Slug: Criterion]
  /// The members that each group has in each source, with their place in the source's order.
  private let members: [Membership: [Slug: Int]]
  private let wanted: [Slug]
  private var findings: [Slug: [CaseFinding]] = [:]

  private struct Membership: Hashable {
    let group: Slug
    let source: Slug
  }

  /// Makes ready to evaluate the `wanted` tabulations.
  ///
  /// - Parameters:
  ///   - wanted: their short names.
  ///   - state: the casebook with its vocabulary, the groups that are counted, and the cases that criteria name; see
  ///     ``cases(neededFor:in:)``.
  /// - Throws: `Refusal` when a tabulation, the one whose cases it counts, or a criterion cannot be used.
  public init(_ wanted: [Slug], in state: CasebookState) throws(Refusal) {
    let contents = try Self.contents(wanted, in: state)
    var criteria: [Slug: Criterion] = [:]
    var members: [Membership: [Slug: Int]] = [:]
    for content in contents {
      do throws(Refusal) {
        criteria[content.id] = try Criterion(content.criterion, in: state)
      } catch {
        throw Refusal(
          error.rule, "the criterion of tabulation/\(content.id) no longer fits: \(error.message)",
          remedy: error.remedy)
      }
      guard case .group(let group) = content.population else { continue }
      let key = Membership(group: group, source: content.source)
      members[key] = try state.caseFile(group).members(accordingTo: content.source)
    }
    self.wanted = wanted
    self.criteria = criteria
    self.members = members
    tabulations = Dictionary(contents.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The cases that must be loaded before anything is evaluated: groups, and cases that criteria name.
  ///
  /// - Throws: `Refusal` when a tabulation is not there.
  public static func cases(
    neededFor wanted: [Slug], in state: CasebookState
  ) throws(Refusal) -> Set<Slug> {
    try contents(wanted, in: state).reduce(into: []) { $0.formUnion($1.mentionedCases) }
  }

  /// Every case that is counted by one of the tabulations.
  public var population: Set<Slug> { members.values.reduce(into: []) { $0.formUnion($1.keys) } }

  /// Puts every tabulation that may count it to a case.
  public mutating func add(_ file: Case) { add([file]) }

  /// Puts every tabulation that may count them to cases that are taken for one: they count once.
  public mutating func add(_ files: [Case]) {
    var known: [Slug: CaseFinding] = [:]
    for id in wanted {
      guard let finding = finding(id, files, &known) else { continue }
      findings[id, default: []].append(finding)
    }
  }

  /// What was found, in the order in which the tabulations were asked for.
  public var results: [TabulationResult] {
    wanted.compactMap { id in
      guard let content = tabulations[id] else { return nil }
      let order = order(of: content)
      let sorted = (findings[id] ?? []).sorted { left, right in
        let places = [left, right].map { order[$0.slug] ?? .max }
        return (places[0], left.slug) < (places[1], right.slug)
      }
      return TabulationResult(content, sorted)
    }
  }

  // MARK: Population

  /// The tabulations and those whose cases they count.
  private static func contents(
    _ wanted: [Slug], in state: CasebookState
  ) throws(Refusal) -> [TabulationContent] {
    var contents: [TabulationContent] = []
    for id in wanted {
      var path: Set<Slug> = []
      var next: Slug? = id
      while let current = next {
        guard let tabulation = state.register?.tabulation(current), path.insert(current).inserted
        else {
          throw Refusal(
            .unknownTabulation, "there is no tabulation \"\(current)\"",
            remedy: state.suggestion(
              for: current, among: (state.register?.tabulations ?? []).map(\.content.id))
              ?? "See them with: dossier tabulate")
        }
        contents.append(tabulation.content)
        guard case .tabulation(let further) = tabulation.content.population else { break }
        next = further
      }
    }
    return contents
  }

  private func order(of content: TabulationContent) -> [Slug: Int] {
    switch content.population {
    case .group(let group):
      return members[Membership(group: group, source: content.source)] ?? [:]
    case .tabulation(let other): return tabulations[other].map(order) ?? [:]
    }
  }

  /// What a tabulation finds in a case; nil when the case is none of those it counts.
  private func finding(
    _ id: Slug, _ files: [Case], _ known: inout [Slug: CaseFinding]
  ) -> CaseFinding? {
    if let finding = known[id] { return finding }
    guard let content = tabulations[id], let criterion = criteria[id],
      let member = membership(of: content, files, &known), member.outcome != .no
    else { return nil }
    let order = order(of: content)
    let slugs = files.map(\.slug).sorted { left, right in
      (order[left] ?? .max, left) < (order[right] ?? .max, right)
    }
    let finding = CaseFinding(
      criterion, member: member, source: content.source, of: slugs, in: files)
    known[id] = finding
    return finding
  }

  private func membership(
    of content: TabulationContent, _ files: [Case], _ known: inout [Slug: CaseFinding]
  ) -> Answer? {
    switch content.population {
    case .group(let group):
      let group = members[Membership(group: group, source: content.source)]
      return files.contains { group?[$0.slug] != nil } ? Answer(outcome: .yes, isFirm: true) : nil
    case .tabulation(let other): return finding(other, files, &known)?.answer
    }
  }
}

extension Case {
  /// The cases that a source counts in this group, each with its place in the order of recording.
  fileprivate func members(accordingTo source: Slug) -> [Slug: Int] {
    var members: [Slug: Int] = [:]
    for claim in sortedClaims where claim.status == .current {
      let content = claim.content
      guard content.source == source, content.predicate == "group.member", !content.isNegative,
        [.asserts, .reports].contains(content.attribution.stance),
        case .caseFile(let member)? = content.assertion.value
      else { continue }
      members[member] = members[member] ?? members.count
    }
    return members
  }
}
