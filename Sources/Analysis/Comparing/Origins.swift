public import Casebook

/// Where claims come from in the end: two voices that rest on one memoir are one origin.
///
/// A claim that cites works it rests on comes from those, and one that a source reports from whom it credits; any other
/// from its source, and from what that is said to derive from. Claims that share any of these have one origin.
public struct Origins: Sendable {
  /// A source, or somebody it credits.
  public enum Node: Hashable, Sendable {
    case source(Slug)
    case caseFile(Slug)
    case words(String)

    /// The name shown.
    public var display: String {
      switch self {
      case .source(let slug), .caseFile(let slug): slug.text
      case .words(let words): words
      }
    }
  }

  /// Claims that have one origin.
  public struct Group: Sendable {
    /// The sources that speak.
    public let voices: [Slug]
    /// From each voice that is not itself the origin, the way to it, each step resting on the next.
    public let paths: [[Node]]
  }

  /// The sources that say something, asserted or reported.
  public let voices: [Slug]
  /// The independent origins, in the order in which their claims are recorded.
  public let groups: [Group]

  /// How many origins are independent of each other.
  public var count: Int { groups.count }
}

extension Origins {
  /// Traces claims. What a source doubts or denies is not its word.
  ///
  /// - Parameters:
  ///   - claims: the claims, each with its case, which holds its citations.
  ///   - sources: the sources with what they derive from.
  public init(of claims: [(claim: Claim, file: Case)], _ sources: [Slug: Source]) {
    let spoken = claims.filter {
      [.asserts, .reports].contains($0.claim.content.attribution.stance)
    }
    voices = Set(spoken.map(\.claim.content.source)).sorted()
    let traces = spoken.enumerated().map { Trace($1.claim, at: $0, in: $1.file, sources) }
    var groups = Groups(traces.count)
    var first: [Node: Int] = [:]
    for trace in traces {
      for place in trace.places {
        if let other = first[place] {
          groups.join(trace.number, other)
        } else {
          first[place] = trace.number
        }
      }
    }
    self.groups = groups.members.map { members in Group(members.map { traces[$0] }) }
  }
}

/// Things that belong together because each has something in common with another of them.
private struct Groups {
  private var parents: [Int]

  init(_ count: Int) { parents = Array(0..<count) }

  mutating func join(_ one: Int, _ other: Int) {
    let (one, other) = (root(of: one), root(of: other))
    parents[max(one, other)] = min(one, other)
  }

  private mutating func root(of thing: Int) -> Int {
    var thing = thing
    while parents[thing] != thing {
      parents[thing] = parents[parents[thing]]
      thing = parents[thing]
    }
    return thing
  }

  /// Those that belong together, each group in the order of its first.
  var members: [[Int]] {
    mutating get {
      var members: [Int: [Int]] = [:]
      for thing in parents.indices { members[root(of: thing), default: []].append(thing) }
      return members.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

extension Origins.Group {
  fileprivate init(_ traces: [Trace]) {
    voices = Set(traces.map(\.voice)).sorted()
    var voicesFrom: [Origins.Node: Set<Slug>] = [:]
    for trace in traces {
      for place in trace.places { voicesFrom[place, default: []].insert(trace.voice) }
    }
    var known: Set<[Origins.Node]> = []
    paths = traces.compactMap { trace in
      // The nearest place at which a claim of another voice comes from the same.
      let shared = trace.paths.filter { path in
        path.last.map { voicesFrom[$0, default: []].count > 1 } ?? false
      }
      let nearest = shared.min { $0.count < $1.count } ?? trace.paths.first
      return nearest.flatMap { $0.count > 1 && known.insert($0).inserted ? $0 : nil }
    }
  }
}

/// All that a claim may come from, each with the way there.
private struct Trace {
  /// The claim's place among those that are traced.
  let number: Int
  let voice: Slug
  /// Ways that begin with the voice, the shortest first; the last of each is a place it may come from.
  let paths: [[Origins.Node]]

  init(_ claim: Claim, at place: Int, in file: Case, _ sources: [Slug: Source]) {
    number = place
    voice = claim.content.source
    let start = Origins.Node.source(voice)
    let cited = file.citations(of: .claim(claim.number))
      .filter { $0.content.role != .see && $0.content.work != claim.content.source }
      .map { Origins.Node.source($0.content.work) }
    let attribution = claim.content.attribution
    let credited = attribution.stance == .reports ? attribution.saidBy.map(Origins.Node.init) : nil
    let origins = cited + (credited.map { [$0] } ?? [])
    var waiting = origins.isEmpty ? [[start]] : origins.map { [start, $0] }
    var seen: Set<Origins.Node> = []
    var paths: [[Origins.Node]] = []
    while !waiting.isEmpty {
      let path = waiting.removeFirst()
      guard let last = path.last, seen.insert(last).inserted else { continue }
      paths.append(path)
      guard case .source(let slug) = last else { continue }
      for derivation in sources[slug]?.derivations ?? [] {
        waiting.append(path + [.source(derivation.content.from)])
      }
    }
    self.paths = paths
  }

  /// The places it may come from.
  var places: [Origins.Node] { paths.compactMap(\.last) }
}

extension Origins.Node {
  fileprivate init(_ credit: Credit) {
    switch credit {
    case .caseFile(let slug): self = .caseFile(slug)
    case .source(let slug): self = .source(slug)
    case .words(let words): self = .words(words)
    }
  }
}
