import Casebook
import CasebookStore
import EventLog
import TestSupport
import Testing

@Suite("No words of one voice in another's view") struct VoicePropertyTests {
  @Test(
    "A reading of one source holds no words of the others, nor of analysts",
    arguments: [4, 600] as [UInt64])
  func oneSourceOnly(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      try await desk.fill(seed)
      let sources = try await desk.state().sources.keys.sorted()
      for source in sources {
        let voices = VoiceSelection(only: [source])
        let text = try await desk.store.renderedCaseByCase(Reading(voices: voices))
        #expect(text.contains(RandomWork.mark(of: source.text)))
        for other in sources.filter({ $0 != source }).map(\.text) as [String?] + [nil] {
          #expect(!text.contains(RandomWork.mark(of: other)), "\(other ?? "analyst") in \(source)")
        }
        let together = try await desk.store.rendered(Reading(voices: voices))
        #expect(together.utf8.elementsEqual(text.utf8))
      }
    }
  }

  @Test(
    "A reading without a source holds none of its words, and all the others",
    arguments: [80] as [UInt64])
  func withoutOneSource(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      try await desk.fill(seed)
      let sources = try await desk.state().sources.keys.sorted()
      for source in sources {
        let text = try await desk.store.renderedCaseByCase(
          Reading(voices: VoiceSelection(without: [source])))
        #expect(!text.contains(RandomWork.mark(of: source.text)))
        for other in sources.filter({ $0 != source }).map(\.text) as [String?] + [nil] {
          #expect(text.contains(RandomWork.mark(of: other)))
        }
      }
    }
  }

  @Test("What a step of a trail shows is in its own voice", arguments: [9] as [UInt64])
  func trails(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      try await desk.fill(seed)
      let sources = try await desk.state().sources.keys.sorted()
      let basis = try await desk.store.log.resolve(.head, of: desk.store.casebookID)
      var seen: Set<Int64> = []
      for slug in try await desk.store.caseSlugs(at: basis) {
        let steps = try await desk.store.trail(
          of: [StreamAddress(.caseFile, slug)], at: basis)
        for step in steps {
          #expect(seen.insert(step.event.position).inserted)
          let entry = step.entry
          // The reason is the analyst's, who keeps the record.
          let words = (entry.before + entry.after).map(\.text) + [entry.locator ?? ""]
          let foreign = (sources.map(\.text) as [String?] + [nil])
            .filter { $0 != entry.voice?.text }
          for voice in foreign {
            let mark = RandomWork.mark(of: voice)
            #expect(!words.contains { $0.contains(mark) }, "@\(entry.stamp.position) \(mark)")
          }
        }
      }
      let events = try await desk.store.log.events(
        of: desk.store.casebookID, positions: 1...basis.position)
      #expect(seen == Set(events.filter { $0.stream.kind == .case }.map(\.position)))
    }
  }
}

extension Desk {
  /// A few days of work in all voices.
  fileprivate func fill(_ seed: UInt64) async throws {
    var work = try RandomWork(seed: seed)
    var done = 0
    while done < 60 {
      if try await work.step(store) != nil { done += 1 }
    }
  }
}
