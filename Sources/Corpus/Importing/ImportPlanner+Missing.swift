import Casebook

// MARK: What is no longer in the files

extension ImportPlanner {
  /// Notes what was imported and is no longer in the files, and withdraws it where that was asked for.
  mutating func planMissing(_ files: CorpusFiles, _ others: [Case]) {
    for file in files.cases {
      guard let old = before.cases[file.file.content.slug] else { continue }
      planMissing(of: old, ids: file.ids)
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
    func isMissing(_ mark: ImportMark?, _ kind: ItemReference.Kind, _ number: Int) -> Bool {
      guard let mark, !ids.contains(mark.id) else { return false }
      return !adopted.contains(ItemReference(slug, kind, number))
    }
    for old in file.sortedDisputes where old.isOpen && isMissing(old.mark, .dispute, old.number) {
      let reference = ItemReference(slug, .dispute, old.number)
      settleMissing(.dispute, old.mark?.id ?? "", .item(reference), hasDiverged: false) {
        ResolveDispute(reference, resolution: reason)
      }
    }
    for old in file.sortedCitations
    where !old.isWithdrawn && isMissing(old.mark, .citation, old.number) {
      let reference = ItemReference(slug, .citation, old.number)
      settleMissing(
        .citation, old.mark?.id ?? "", .item(reference), hasDiverged: old.hasDiverged
      ) {
        WithdrawCitation(reference, reason: reason)
      }
    }
    for old in file.annotations.sorted
    where !old.isWithdrawn && isMissing(old.mark, .annotation, old.number) {
      let reference = ItemReference(slug, .annotation, old.number)
      settleMissing(
        .annotation, old.mark?.id ?? "", .item(reference), hasDiverged: old.hasDiverged
      ) {
        WithdrawAnnotation(reference, reason: reason)
      }
    }
    for old in file.sortedClaims
    where old.status == .current && isMissing(old.mark, .claim, old.number) {
      let reference = ItemReference(slug, .claim, old.number)
      settleMissing(
        .claim, old.mark?.id ?? "", .item(reference), hasDiverged: old.hasDiverged
      ) {
        WithdrawClaim(reference, reason: reason)
      }
    }
  }

  private mutating func settleMissing(
    _ kind: ImportPlan.Kind, _ id: String, _ reference: Reference, hasDiverged: Bool,
    _ command: () -> any Command
  ) {
    if hasDiverged {
      note(
        .diverged, kind, id, reference, nil,
        "it is no longer in the files, but was changed by hand since it was last imported")
    } else if options.withdrawsMissing {
      script.add(command(), from: nil)
      note(.withdrawn, kind, id, reference, nil)
    } else {
      note(.missing, kind, id, reference, nil)
    }
  }
}

extension CaseFile {
  /// The ids of all its entries.
  var ids: Set<String> {
    var ids: Set<String> = []
    for claim in claims {
      ids.formUnion([claim.id].compactMap { $0 } + claim.citations.compactMap(\.id))
    }
    for annotation in annotations {
      ids.formUnion([annotation.id].compactMap { $0 } + annotation.citations.compactMap(\.id))
    }
    ids.formUnion(disputes.compactMap(\.id))
    return ids
  }
}
