import Casebook
import Testing

@Suite("Any sequence of commands, one voice heard") struct VoiceMarkerTests {
  /// Everything a value holds, by reflection: what no property shows cannot be leaked, whatever is added to it.
  private func text(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  private static let works = RandomStep.works.map(known)

  private static func known(_ text: String) -> Slug {
    do { return try Slug(text) } catch { fatalError("\(error)") }
  }

  @Test("shows nothing of the other sources or of analysts", arguments: ModelTests.seeds)
  func oneVoice(_ seed: UInt64) throws {
    let given = try ModelTests.run(seed)
    for voice in Self.works {
      let state = try given.fold(
        hearing: Voices(sources: [voice], includesAnalysts: false))
      let shown = text(state)
      #expect(shown.contains("VOICE-\(voice)"))
      #expect(!shown.contains("ANALYST"))
      for other in Self.works where other != voice { #expect(!shown.contains("VOICE-\(other)")) }
    }
  }

  @Test("shows all of that source, under the same numbers", arguments: ModelTests.seeds)
  func wholeVoice(_ seed: UInt64) throws {
    let given = try ModelTests.run(seed)
    let all = Model(given.state)
    for voice in Self.works {
      let heard = Model(
        try given.fold(hearing: Voices(sources: [voice], includesAnalysts: false)))
      #expect(Set(heard.files.keys) == Set(all.files.keys))
      for (slug, file) in heard.files {
        #expect(file.name == nil)
        #expect(!file.isClosed)
        #expect(file.claims == all.files[slug]?.claims.filter { $0.value.source == voice.text })
        #expect(
          file.citations == all.files[slug]?.citations.filter { $0.value.voice == voice.text })
        #expect(file.events == all.files[slug]?.events)
        #expect(file.disputes.isEmpty && file.annotations.isEmpty)
      }
      #expect(Array(heard.works.keys) == [voice.text])
    }
  }

  @Test(
    "with one source left out, keeps what analysts say of the rest", arguments: ModelTests.seeds)
  func withoutOne(_ seed: UInt64) throws {
    let given = try ModelTests.run(seed)
    let all = Model(given.state)
    for out in Self.works {
      let rest = Set(Self.works).subtracting([out])
      let state = try given.fold(hearing: Voices(sources: rest, includesAnalysts: true))
      #expect(!text(state).contains("VOICE-\(out)"))
      for (slug, file) in Model(state).files {
        let whole = try #require(all.files[slug])
        let claims = whole.claims.filter { $0.value.source != out.text }
        #expect(file.name == whole.name)
        #expect(file.isClosed == whole.isClosed)
        #expect(file.claims == claims)
        let disputes = whole.disputes.filter { claims[$0.value.claim] != nil }
        #expect(file.disputes == disputes.mapValues { $0.naming(claims.keys, of: slug) })
        #expect(file.annotations == whole.annotations(about: claims, without: out.text))
      }
    }
  }

  @Test("tells each voice's trail without the others' texts", arguments: ModelTests.seeds)
  func trails(_ seed: UInt64) throws {
    let given = try ModelTests.run(seed)
    var builder = TrailBuilder(voided: [])
    for fact in given.facts {
      let entry = try builder.step(fact)
      #expect(entry.voice == fact.voice)
      guard let voice = entry.voice else { continue }
      // The reason and the recorder are record-keeping, shown as such.
      let shown = text([entry.before, entry.after]) + (entry.locator ?? "")
      #expect(!shown.contains("ANALYST"))
      for other in Self.works where other != voice { #expect(!shown.contains("VOICE-\(other)")) }
    }
  }
}

extension Model.File {
  /// The annotations whose target, or the target of whose target, is left when a source is left out.
  fileprivate func annotations(
    about claims: [Int: Model.Claim], without source: String
  ) -> [Int: Model.Annotation] {
    var left: [Int: Model.Annotation] = [:]
    var citationsLeft = citations.filter { $0.value.voice != source && $0.value.voice != nil }
    // An annotation can only be about what was there before it, so that one pass in the order of numbers settles
    // annotations of annotations; citations by annotations lean on those.
    for (number, annotation) in annotations.sorted(by: { $0.key < $1.key }) {
      for (key, citation) in citations where citation.voice == nil {
        let cited = Int(citation.target.dropFirst()) ?? 0
        if left[cited] != nil { citationsLeft[key] = citation }
      }
      guard let local = annotation.target.split(separator: "/").dropFirst().first else {
        left[number] = annotation
        continue
      }
      let target = Int(local.dropFirst()) ?? 0
      let isLeft =
        switch local.first {
        case "c": claims[target] != nil
        case "n": citationsLeft[target] != nil
        case "a": left[target] != nil
        case "d": disputes[target].map { claims[$0.claim] != nil } ?? false
        default: false
        }
      if isLeft { left[number] = annotation }
    }
    return left
  }
}

extension Model.Dispute {
  /// The dispute without a counter-claim that is not one of those claims: it may be in a voice that is left out.
  fileprivate func naming(_ claims: some Sequence<Int>, of slug: String) -> Self {
    var dispute = self
    if !claims.contains(where: { "\(slug)/c\($0)" == counter }) { dispute.counter = nil }
    return dispute
  }
}
