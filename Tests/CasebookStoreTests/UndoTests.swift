import Casebook
import CasebookStore
import EventLog
import TestSupport
import Testing
import struct FoundationEssentials.UUID

@Suite("Undo") struct UndoTests {
  @Test("Undoing a request takes back everything in it by recording the opposite")
  func undoesWholeRequest() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      try await desk.perform(correct("anna/c1", "two"), statement("three"))
      let head = try await desk.head()

      let receipt = try await desk.store.perform(
        desk.store.undoing(reason: "wrong page", id: nil))

      #expect(receipt.positions == head + 1...head + 2)
      #expect(try await desk.state("anna").statements() == ["one"])
      let events = try await desk.store.log.events(
        of: desk.store.casebookID, positions: head + 1...head + 2)
      #expect(events.map(\.type) == ["claim.withdrawn", "claim.corrected"])
      #expect(events.allSatisfy { $0.data.contains("wrong page") })
    }
  }

  @Test("Undoing an undo does the thing again")
  func redo() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      try await desk.perform(correct("anna/c1", "two"))

      _ = try await desk.store.perform(desk.store.undoing(reason: "back", id: nil))
      #expect(try await desk.state("anna").statements() == ["one"])
      _ = try await desk.store.perform(desk.store.undoing(reason: "and forth", id: nil))

      #expect(try await desk.state("anna").statements() == ["two"])
    }
  }

  @Test("An earlier request is undone by a position in it, two steps back")
  func earlierRequest() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      try await desk.perform(statement("two"), statement("three"))
      let head = try await desk.head()

      for position in [head, head - 2] {
        _ = try await desk.store.perform(
          desk.store.undoing(position, reason: "wrong page", id: nil))
      }

      #expect(try await desk.state("anna").statements() == [])
      let other = try await database.join(desk, as: "bo")
      for desk in [desk, other] {
        let refusal = try await #require(throws: Refusal.self) {
          try await desk.store.undoing(head, reason: "again", id: nil)
        }
        #expect(refusal.rule == .notUndoable)
      }
      await other.leave()
    }
  }

  @Test("Steps back on one claim go one by one, the last first")
  func stepsBackOnOneClaim() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      let first = try await desk.head()
      try await desk.perform(correct("anna/c1", "two"))
      try await desk.perform(correct("anna/c1", "three"))

      await #expect(throws: Refusal.self) {
        try await desk.store.undoing(first + 1, reason: "so", id: nil)
      }
      for position in [first + 2, first + 1] {
        _ = try await desk.store.perform(desk.store.undoing(position, reason: "so", id: nil))
      }
      #expect(try await desk.state("anna").statements() == ["one"])
      _ = try await desk.store.perform(desk.store.undoing(first, reason: "so", id: nil))
      #expect(try await desk.state("anna").statements() == [])
    }
  }

  @Test("Only one's own last request is undone, not what others did since")
  func ownRequestsOnly() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      try await desk.perform(statement("one"))
      try await other.perform(statement("two"))

      _ = try await desk.store.perform(desk.store.undoing(reason: "mine", id: nil))

      #expect(try await desk.state("anna").statements() == ["two"])
      await other.leave()
    }
  }

  @Test("What somebody else changed since is not undone")
  func changedSince() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      try await desk.perform(statement("one"))
      try await other.perform(correct("anna/c1", "two"))
      let head = try await desk.head()

      let refusal = try await #require(throws: Refusal.self) {
        try await desk.store.undoing(reason: "mine", id: nil)
      }

      #expect(refusal.rule == .notUndoable)
      #expect(refusal.message.contains("anna/c1"))
      #expect(try await desk.head() == head)
      await other.leave()
    }
  }

  @Test("What somebody else has come back to is not undone, though it is as one left it")
  func returnedTo() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      try await desk.perform(statement("one"))
      try await desk.perform(correct("anna/c1", "two"))
      try await other.perform(correct("anna/c1", "three"))
      try await other.perform(correct("anna/c1", "two"))

      let refusal = try await #require(throws: Refusal.self) {
        try await desk.store.undoing(reason: "mine", id: nil)
      }

      #expect(refusal.rule == .notUndoable)
      await other.leave()
    }
  }

  @Test("What somebody else changes while the undo is on its way is not undone")
  func changedInBetween() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      try await desk.perform(statement("one"))
      let undo = try await desk.store.undoing(reason: "mine", id: nil)
      try await other.perform(correct("anna/c1", "two"))

      await #expect(throws: EventLogError.self) { try await desk.store.perform(undo) }

      #expect(try await desk.state("anna").statements() == ["two"])
      await other.leave()
    }
  }

  @Test("A repeated undo gives the first receipt and undoes nothing more")
  func repeatedUndo() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      try await desk.perform(statement("one"))
      let id = UUID()
      let first = try await desk.store.perform(desk.store.undoing(reason: "mine", id: id))
      // By now the undo itself could not be undone.
      try await other.perform(
        ReinstateClaim(ItemReference("anna/c1"), reason: "no"), correct("anna/c1", "two"))
      let head = try await desk.head()

      let second = try await desk.store.perform(desk.store.undoing(reason: "mine", id: id))

      #expect(second.isReplay)
      #expect(second.positions == first.positions)
      #expect(try await desk.head() == head)
      await other.leave()
    }
  }

  @Test("What has no opposite is refused, as is undoing before one has done anything")
  func nothingToUndo() async throws {
    try await withCasebook { database, desk in
      try await desk.perform(RegisterSource(.named("alpha")))
      let newcomer = try await database.join(desk, as: "bo")

      for desk in [desk, newcomer] {
        let refusal = try await #require(throws: Refusal.self) {
          try await desk.store.undoing(reason: "mine", id: nil)
        }
        #expect(refusal.rule == .notUndoable)
      }
      await newcomer.leave()
    }
  }
}
