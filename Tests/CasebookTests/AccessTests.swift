import Casebook
import Testing

@Suite("Giving and taking access") struct AccessTests {
  private let write = AccessContent(role: "bo", access: .write)

  @Test("is recorded on the casebook, whoever it is")
  func recorded() throws {
    try given().when(GrantAccess(write)).then(
      .accessGranted(write), on: World.casebook, as: "defectors")
    try given().when(RevokeAccess("bo")).then(
      .accessRevoked(role: "bo"), on: World.casebook, as: "defectors")
    for role in ["", " "] {
      World.given.when(GrantAccess(AccessContent(role: role, access: .read))).refused(
        .missingText, "the role is missing", "Name the login role")
      try given().when(RevokeAccess(role)).refused(
        .missingText, "the role is missing", "Name the login role")
    }
  }

  @Test("is remembered: who created the casebook is its first admin, the last word counts")
  func members() throws {
    func members(_ state: CasebookState) -> [String] {
      (state.register?.members ?? []).map {
        "\($0.content.role) \($0.content.access) @\($0.granted.position)"
      }
    }
    let last = Int64(World.given.facts.count)
    #expect(members(World.given.state) == ["mh admin @1"])
    let read = AccessContent(role: "bo", access: .read)
    let changed = try given(GrantAccess(write), GrantAccess(read), RevokeAccess("mh"))
    #expect(members(changed.state) == ["bo read @\(last + 2)"])
    #expect(changed.state.register?.access(of: "bo")?.granted.by == "mh")
    #expect(try members(changed.and(RevokeAccess("bo"), RevokeAccess("bo")).state).isEmpty)
    // Names are told apart by their bytes, as the server does.
    let accents = ["Orl\u{E9}v", "Orle\u{301}v"].map { AccessContent(role: $0, access: .read) }
    let two = try given(GrantAccess(accents[0]), GrantAccess(accents[1]))
    #expect(members(two.state).count == 3)
    #expect(try members(two.and(RevokeAccess("Orl\u{E9}v")).state).count == 2)
  }

  @Test("is the analysts' and left out with them")
  func voices() throws {
    let given = try given(GrantAccess(write), RevokeAccess("bo"), GrantAccess(write))
    let voice = try given.fold(hearing: Voices(sources: ["fbi-1955"], includesAnalysts: false))
    #expect(voice.register?.members.isEmpty == true)
    #expect(voice.register?.version == given.state.register?.version)
    let without = try given.fold(hearing: Voices(sources: ["memoir"], includesAnalysts: true))
    #expect(without.register?.members == given.state.register?.members)
  }

  @Test("is told with what it was before")
  func trail() throws {
    let read = AccessContent(role: "bo", access: .read)
    let given = try given(
      GrantAccess(write), GrantAccess(read), RevokeAccess("bo"), RevokeAccess("cy"))
    var builder = TrailBuilder(voided: [])
    let steps = try given.facts.map { try builder.step($0) }.suffix(4)
    let shown = steps.map { step in
      [step.before, step.after].map { $0.map { "\($0.name) \($0.text)" } }
    }
    #expect(
      shown == [
        [[], ["role bo", "access write"]],
        [["role bo", "access write"], ["role bo", "access read"]],
        [["role bo", "access read"], []], [["role cy"], []],
      ])
    #expect(steps.allSatisfy { $0.voice == nil && $0.reference == .file("defectors") })
    let difference = GroundDifference(from: World.given.state, to: given.state)
    #expect(difference.casebook.isEmpty)
    let changed = try Given.bo(read)
    let entry = try #require(
      GroundDifference(from: try Given.bo(write).state, to: changed.state).casebook.first)
    #expect(entry.before.map(\.text) == ["write"] && entry.after.map(\.text) == ["read"])
    #expect(entry.after.map(\.name) == ["access of bo"])
  }
}

extension Given {
  fileprivate static func bo(_ content: AccessContent) throws -> Given {
    try World.given.and(GrantAccess(content))
  }
}
