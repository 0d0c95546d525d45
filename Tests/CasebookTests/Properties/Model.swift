/// What domain.md says of cases, sources and what is written on them, in plain dictionaries of texts: another telling of
/// the same rules, to compare the domain with. It knows nothing of commands, events or JSON.
struct Model: Equatable {
  struct Claim: Equatable {
    /// Predicate, value, locator, source and the rest, by name.
    var fields: [String: String]
    var isWithdrawn = false
    var revision = 1

    var source: String { fields["source"] ?? "" }
  }

  struct Dispute: Equatable {
    let claim: Int
    let grounds: String
    var counter: String?
    var resolution: String?
  }

  struct Citation: Equatable {
    let target: String
    let voice: String?
    var fields: [String: String]
    var isWithdrawn = false
  }

  struct Annotation: Equatable {
    let target: String
    var text: String
    var isWithdrawn = false
  }

  struct File: Equatable {
    var name: String?
    var isClosed = false
    var claims: [Int: Claim] = [:]
    var disputes: [Int: Dispute] = [:]
    var citations: [Int: Citation] = [:]
    var annotations: [Int: Annotation] = [:]
    var events = 1
  }

  struct Work: Equatable {
    var title: String
    var grade: String?
    var origins: [String] = []
    var annotations: [Int: Annotation] = [:]
    var events = 1
  }

  var files: [String: File] = [:]
  var works: [String: Work] = [:]
}

// MARK: What may be done; nil when the rules forbid it

extension Model {
  func opening(_ slug: String, name: String?) -> Model? {
    guard files[slug] == nil, works[slug] == nil else { return nil }
    var next = self
    next.files[slug] = File(name: name)
    return next
  }

  func renaming(_ slug: String, to name: String) -> Model? {
    changing(slug) { file in
      guard file.name != name else { return false }
      file.name = name
      return true
    }
  }

  func closing(_ slug: String) -> Model? {
    changing(slug) { file in
      file.isClosed = true
      return true
    }
  }

  func reopening(_ slug: String) -> Model? {
    guard var file = files[slug], file.isClosed else { return nil }
    file.isClosed = false
    file.events += 1
    var next = self
    next.files[slug] = file
    return next
  }

  func recording(_ fields: [String: String], on slug: String) -> Model? {
    guard works[fields["source"] ?? ""] != nil, fields["locator"] != nil,
      fields["value"] != slug
    else { return nil }
    return changing(slug) { file in
      guard !file.claims.values.contains(where: { $0.fields == fields }) else { return false }
      file.claims[file.claims.count + 1] = Claim(fields: fields)
      return true
    }
  }

  /// `edit` holds the new fields, nil for those taken away.
  func correcting(_ number: Int, of slug: String, _ edit: [String: String?]) -> Model? {
    changing(slug) { file in
      guard var claim = file.claims[number], !claim.isWithdrawn else { return false }
      let old = claim.fields
      for (key, text) in edit { claim.fields[key] = text }
      guard claim.fields != old, claim.fields["locator"] != nil, claim.fields["value"] != slug
      else { return false }
      let others = file.claims.filter { $0.key != number && !$0.value.isWithdrawn }.values
      guard !others.contains(where: { $0.fields == claim.fields }) else { return false }
      claim.revision += 1
      file.claims[number] = claim
      return true
    }
  }

  func withdrawing(_ number: Int, of slug: String) -> Model? {
    changing(slug) { file in
      guard file.claims[number]?.isWithdrawn == false else { return false }
      file.claims[number]?.isWithdrawn = true
      return true
    }
  }

  func reinstating(_ number: Int, of slug: String) -> Model? {
    changing(slug) { file in
      guard let claim = file.claims[number], claim.isWithdrawn,
        !file.claims.values.contains(where: { !$0.isWithdrawn && $0.fields == claim.fields })
      else { return false }
      file.claims[number]?.isWithdrawn = false
      return true
    }
  }

  func disputing(_ number: Int, of slug: String, _ grounds: String, counter: (String, Int)?)
    -> Model?
  {
    if let counter {
      guard counter != (slug, number), let claim = files[counter.0]?.claims[counter.1],
        !claim.isWithdrawn
      else { return nil }
    }
    let dispute = Dispute(
      claim: number, grounds: grounds, counter: counter.map { "\($0.0)/c\($0.1)" })
    return changing(slug) { file in
      guard file.claims[number]?.isWithdrawn == false, !file.disputes.values.contains(dispute)
      else { return false }
      file.disputes[file.disputes.count + 1] = dispute
      return true
    }
  }

  func resolving(_ number: Int, of slug: String, _ resolution: String) -> Model? {
    changing(slug) { file in
      guard let dispute = file.disputes[number], dispute.resolution == nil else { return false }
      file.disputes[number]?.resolution = resolution
      return true
    }
  }

  func citing(_ target: String, of slug: String, _ fields: [String: String]) -> Model? {
    guard works[fields["work"] ?? ""] != nil else { return nil }
    return changing(slug) { file in
      let number = Int(target.dropFirst()) ?? 0
      let voice: String?
      if target.first == "c" {
        guard let claim = file.claims[number], !claim.isWithdrawn else { return false }
        voice = claim.source
      } else {
        guard file.annotations[number]?.isWithdrawn == false else { return false }
        voice = nil
      }
      let citation = Citation(target: target, voice: voice, fields: fields)
      guard !file.citations.values.contains(citation) else { return false }
      file.citations[file.citations.count + 1] = citation
      return true
    }
  }

  func correctingCitation(_ number: Int, of slug: String, _ edit: [String: String?]) -> Model? {
    changing(slug) { file in
      guard let old = file.citations[number], !old.isWithdrawn else { return false }
      var citation = old
      for (key, text) in edit { citation.fields[key] = text }
      guard citation != old, works[citation.fields["work"] ?? ""] != nil,
        !file.citations.values.contains(citation)
      else { return false }
      file.citations[number] = citation
      return true
    }
  }

  func withdrawingCitation(_ number: Int, of slug: String) -> Model? {
    changing(slug) { file in
      guard file.citations[number]?.isWithdrawn == false else { return false }
      file.citations[number]?.isWithdrawn = true
      return true
    }
  }

  /// `target` is the case or source itself, or a local reference within it.
  func annotating(_ target: String?, of home: String, _ text: String) -> Model? {
    let annotation = Annotation(target: target.map { "\(home)/\($0)" } ?? home, text: text)
    return changingAnnotations(of: home) { annotations, file in
      if let target {
        let number = Int(target.dropFirst()) ?? 0
        let isThere =
          switch target.first {
          case "a": annotations[number] != nil
          case "c": file?.claims[number] != nil
          case "n": file?.citations[number] != nil
          case "d": file?.disputes[number] != nil
          default: false
          }
        guard isThere else { return false }
      }
      annotations[annotations.count + 1] = annotation
      return true
    }
  }

  func revisingAnnotation(_ number: Int, of home: String, _ text: String) -> Model? {
    changingAnnotations(of: home) { annotations, _ in
      guard let old = annotations[number], !old.isWithdrawn, old.text != text else { return false }
      annotations[number]?.text = text
      return true
    }
  }

  func withdrawingAnnotation(_ number: Int, of home: String) -> Model? {
    changingAnnotations(of: home) { annotations, _ in
      guard annotations[number]?.isWithdrawn == false else { return false }
      annotations[number]?.isWithdrawn = true
      return true
    }
  }

  func grading(_ slug: String, _ grade: String) -> Model? {
    guard var work = works[slug], work.grade != grade else { return nil }
    work.grade = grade
    work.events += 1
    var next = self
    next.works[slug] = work
    return next
  }

  func deriving(_ slug: String, from origin: String) -> Model? {
    guard var work = works[slug], works[origin] != nil, !work.origins.contains(origin),
      !origins(of: origin).contains(slug)
    else { return nil }
    work.origins.append(origin)
    work.events += 1
    var next = self
    next.works[slug] = work
    return next
  }

  /// The source itself and everything it rests on.
  private func origins(of slug: String) -> Set<String> {
    (works[slug]?.origins ?? []).reduce(into: [slug]) { $0.formUnion(origins(of: $1)) }
  }
}

extension Model {
  /// Changes an open case; nil when it is not open or the change is forbidden.
  private func changing(_ slug: String, _ change: (inout File) -> Bool) -> Model? {
    guard var file = files[slug], !file.isClosed, change(&file) else { return nil }
    file.events += 1
    var next = self
    next.files[slug] = file
    return next
  }

  private func changingAnnotations(
    of home: String, _ change: (inout [Int: Annotation], File?) -> Bool
  ) -> Model? {
    guard var work = works[home] else {
      return changing(home) { file in
        var annotations = file.annotations
        guard change(&annotations, file) else { return false }
        file.annotations = annotations
        return true
      }
    }
    guard change(&work.annotations, nil) else { return nil }
    work.events += 1
    var next = self
    next.works[home] = work
    return next
  }
}
