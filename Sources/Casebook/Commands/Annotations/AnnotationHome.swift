/// Where the annotations of something are kept: with its case, its source or the casebook.
struct AnnotationHome {
  /// The stream that receives their events.
  let stream: StreamAddress
  /// What their references begin with.
  let slug: Slug
  /// Those there are.
  let annotations: Annotations
}

extension CasebookState {
  /// The home of annotations of `target`, which must exist.
  func annotationHome(of target: Reference) throws(Refusal) -> AnnotationHome {
    switch target {
    case .event:
      throw Refusal(
        .badReference, "\(target) is an event; annotations are made on what it recorded",
        remedy: "See what it was with: dossier log show \(target)")
    case .tabulation(let id):
      try requireRegister().existingTabulation(id)
      return try home(.casebook)
    case .file(let slug):
      return try home(slug)
    case .item(let item):
      let home = try home(item.home)
      if let file = cases[item.home], home.stream.kind == .caseFile {
        switch item.kind {
        case .claim: _ = try file.claim(item)
        case .citation: _ = try file.citation(item)
        case .annotation: _ = try home.annotations.existing(item)
        case .dispute: _ = try file.dispute(item)
        case .conclusion: _ = try file.conclusion(item)
        }
      } else {
        guard item.kind == .annotation else {
          throw Refusal(
            .badReference, "\(item.home) is not a case: there is no \(item)",
            remedy: "Annotate \(item.home) itself, or an annotation such as \(item.home)/a1.")
        }
        _ = try home.annotations.existing(item)
      }
      return home
    }
  }

  /// The home whose references begin with `slug`.
  func home(_ slug: Slug) throws(Refusal) -> AnnotationHome {
    if slug == .casebook, let register {
      return AnnotationHome(
        stream: StreamAddress(.casebook, register.content.slug), slug: slug,
        annotations: register.annotations)
    }
    if cases[slug] == nil, let source = sources[slug] {
      return AnnotationHome(
        stream: StreamAddress(.source, slug), slug: slug, annotations: source.annotations)
    }
    guard cases[slug] != nil else {
      for kind in [StreamAddress.Kind.caseFile, .source] {
        if let stop = stop(of: StreamAddress(kind, slug)) {
          throw Refusal(.unknownCase, stop.description)
        }
      }
      throw Refusal(
        .unknownCase, "there is no case and no source \"\(slug)\"",
        remedy: suggestion(for: slug, among: cases.keys + otherCases + sources.keys)
          ?? "See them with: dossier case list, dossier source list")
    }
    return AnnotationHome(
      stream: StreamAddress(.caseFile, slug), slug: slug,
      annotations: try openCase(slug).annotations)
  }
}

extension Annotations {
  /// The annotation, withdrawn or not.
  func existing(_ reference: ItemReference) throws(Refusal) -> Annotation {
    guard reference.kind == .annotation, let found = self[reference.number] else {
      throw Refusal(
        .unknownAnnotation, "there is no annotation \(reference)",
        remedy: next > 1
          ? "The last one is \(ItemReference(reference.home, .annotation, next - 1))."
          : "There are none yet.")
    }
    return found
  }

  /// The annotation, which must not be withdrawn.
  @discardableResult
  func standing(_ reference: ItemReference) throws(Refusal) -> Annotation {
    let found = try existing(reference)
    guard !found.isWithdrawn else {
      throw Refusal(
        .alreadyWithdrawn, "\(reference) is withdrawn",
        remedy: "Write it anew with: dossier annotate \(found.content.target)")
    }
    return found
  }
}
