import Casebook

// MARK: What is no longer in the files

extension ImportPlanner {
  /// Notes what was imported and is no longer in the files, and withdraws it where that was asked for.
  mutating func planMissing(_ files: CorpusFiles, _ others: [Case]) {
    for file in files.cases {
      guard let old = before.cases[file.file.content.slug] else { continue }
      planMissing(of: old, ids: file.ids)
      planMissingIdentities(of: old, file.identities)
    }
    for file in others {
      note(
        .missing, .caseFile, file.slug.text, .file(file.slug), nil,
        options.withdrawsMissing ? "the case stays; close it if it should never have been" : nil)
      planMissing(of: file, ids: [])
    }
    let tabulations = Set(files.tabulations.map(\.id))
    for old in before.register?.tabulations ?? [] {
      guard let mark = old.mark, !old.isWithdrawn, !tabulations.contains(mark.id) else { continue }
      let id = old.content.id
      let reason = reason
      settleMissing(.tabulation, mark.id, .tabulation(id), hasDiverged: old.hasDiverged) {
        WithdrawTabulation(id, reason: reason)
      }
    }
    planMissingRegister(files)
  }

  /// What cannot be withdrawn is only reported.
  private mutating func planMissingRegister(_ files: CorpusFiles) {
    let predicates = Set(files.vocabulary.map(\.id))
    for old in before.register?.vocabulary ?? []
    where old.mark != nil && !predicates.contains(old.predicate.id) {
      note(.missing, .predicate, old.predicate.id, nil, nil, "the vocabulary keeps it")
    }
    let sources = Set(files.sources.map(\.source.content.slug))
    let registered = before.sources.values.sorted { $0.slug < $1.slug }
    for old in registered where old.mark != nil && !sources.contains(old.slug) {
      note(.missing, .source, old.slug.text, .file(old.slug), nil, "a source stays registered")
    }
    for entry in files.sources {
      guard let old = before.sources[entry.source.content.slug] else { continue }
      for copy in old.copies
      where copy.mark != nil
        && !entry.copies.contains(where: { $0.content.id == copy.content.id })
      {
        note(.missing, .copy, "\(old.slug)/\(copy.content.id)", nil, nil, "a copy stays registered")
      }
      for derivation in old.derivations
      where derivation.mark != nil
        && !entry.derivations.contains(where: { $0.content.from == derivation.content.from })
      {
        note(
          .missing, .derivation, "\(old.slug)/\(derivation.content.from)", nil, nil,
          "a derivation stays recorded")
      }
    }
  }

  /// What hangs on a claim goes before it.
  private mutating func planMissing(of file: Case, ids: Set<String>) {
    let slug = file.slug
    let reason = reason
    let exportedIDs = exported?.cases[slug].map { CaseIDs($0) }
    /// The id that the files had for what they no longer hold; nil for all else.
    func missingID(_ mark: ImportMark?, _ reference: ItemReference) -> String? {
      guard let id = mark?.id ?? exportedIDs?[reference], !ids.contains(id) else { return nil }
      return adopted.contains(reference) ? nil : id
    }
    func isForeign(_ mark: ImportMark?, _ hasDiverged: Bool, _ since: SinceExport) -> Bool {
      (mark == nil || hasDiverged) && since != .unchanged
    }
    for old in file.sortedDisputes where old.isOpen {
      let reference = ItemReference(slug, .dispute, old.number)
      guard let id = missingID(old.mark, reference) else { continue }
      settleMissing(.dispute, id, .item(reference), hasDiverged: false) {
        ResolveDispute(reference, resolution: reason)
      }
    }
    for old in file.standingConclusions {
      guard let id = missingID(old.mark, ItemReference(slug, .conclusion, old.number)) else {
        continue
      }
      planMissingConclusion(old, id, of: slug)
    }
    for old in file.sortedCitations where !old.isWithdrawn {
      let reference = ItemReference(slug, .citation, old.number)
      guard let id = missingID(old.mark, reference) else { continue }
      let hasDiverged = isForeign(old.mark, old.hasDiverged, sinceExport(old, of: slug))
      settleMissing(.citation, id, .item(reference), hasDiverged: hasDiverged) {
        WithdrawCitation(reference, reason: reason)
      }
    }
    for old in file.annotations.sorted where !old.isWithdrawn {
      let reference = ItemReference(slug, .annotation, old.number)
      guard let id = missingID(old.mark, reference) else { continue }
      let hasDiverged = isForeign(old.mark, old.hasDiverged, sinceExport(old, of: slug))
      settleMissing(.annotation, id, .item(reference), hasDiverged: hasDiverged) {
        WithdrawAnnotation(reference, reason: reason)
      }
    }
    for old in file.sortedClaims where old.status == .current {
      let reference = ItemReference(slug, .claim, old.number)
      guard let id = missingID(old.mark, reference) else { continue }
      let hasDiverged = isForeign(old.mark, old.hasDiverged, sinceExport(old, of: slug))
      settleMissing(.claim, id, .item(reference), hasDiverged: hasDiverged) {
        WithdrawClaim(reference, reason: reason)
      }
    }
  }

  mutating func settleMissing(
    _ kind: ImportPlan.Kind, _ id: String, _ reference: Reference, hasDiverged: Bool,
    _ command: () -> any Command
  ) {
    if hasDiverged {
      note(
        .diverged, kind, id, reference, nil,
        "it is no longer in the files, but was changed by hand since")
    } else if options.withdrawsMissing {
      script.add(command(), from: nil)
      note(.withdrawn, kind, id, reference, nil)
    } else {
      note(.missing, kind, id, reference, nil)
    }
  }
}

extension AnnotationEntry {
  /// Its id and those of its citations.
  var ids: [String] { [id].compactMap { $0 } + citations.compactMap(\.id) }
}

extension CaseFile {
  /// The ids of all its entries.
  var ids: Set<String> {
    var ids: Set<String> = []
    for claim in claims {
      ids.formUnion([claim.id].compactMap { $0 } + claim.citations.compactMap(\.id))
    }
    for annotation in annotations { ids.formUnion(annotation.ids) }
    ids.formUnion(disputes.compactMap(\.id) + conclusions.compactMap(\.id))
    return ids
  }
}
