import TestSupport

/// The casebook `notes`, in which somebody is at work.
///
/// It has three sources and a vocabulary with a predicate of most types; the case `gouzenko` with claims c1 to c4
/// of two sources, of which c4 is withdrawn, a dispute d1 of c1, a citation n1, an annotation a1 and a conclusion k1; `derjabin`,
/// which is empty, and `orlov`, which is closed. An analyst may write in it, a reader read.
enum Office {
  /// The casebook as files, but for its cases.
  static let files = [
    "notes/casebook.yaml": "casebook: notes\ntitle: Notes\n",
    "notes/vocabulary.yaml": """
    - {predicate: name.primary, label: Name, type: text, values: one, scope: As written.}
    - {predicate: birth.date, label: Born, type: date, values: one, scope: The date of birth.}
    - {predicate: height, label: Height in cm, type: number, values: one, scope: In shoes.}
    - {predicate: fear, label: Feared, type: yes/no, values: one, scope: For his safety.}
    - {predicate: service.rank, label: Rank, type: text, values: many, scope: Any rank held.,
       qualifiers: {from: date, to: date}}
    - {predicate: motive.kind, label: Kind of motive, type: term, values: many, scope: In one word.,
       terms: {ideology: ideas, fear: of recall, career: advancement},
       qualifiers: {weight: {type: term, terms: [main, contributing]}}}
    - {predicate: publication, label: Wrote, type: work, values: many, scope: What he published.}
    - {predicate: linked-case, label: Linked, type: case, values: many, scope: Another case.}
    - {predicate: statement, label: Statement, type: text, values: many, scope: Anything else.}

    """,
    "notes/sources.yaml": """
    - {source: fbi-1955, title: Soviet Defectors, issued: 1955-01}
    - {source: riehle-2020, title: "Soviet Defectors, a study", issued: 2020}
    - {source: krivitsky-1939, title: In Stalin's Secret Service}

    """,
  ]

  static func furnish(_ sandbox: Sandbox) async throws {
    for (path, text) in files { try sandbox.write(text, to: path) }
    for line in [
      "import corpus notes",
      "case open gouzenko --name 'Igor S. Gouzenko'",
      "case open derjabin",
      "case open orlov",
      "case close orlov -m complete",
      "claim record gouzenko birth.date 1919-01-13 -s fbi-1955 -l 'p. 41' -q 'born January 13, 1919'",
      "claim record gouzenko statement 'hid papers under his shirt' -s fbi-1955 -l 'p. 42'",
      "claim record gouzenko birth.date 1919-01-26 -s riehle-2020 -l 'ch. 5 ¶ 2'",
      "claim record gouzenko statement 'entered by mistake' -s fbi-1955 -l 'p. 43'",
      "claim withdraw gouzenko/c4 -m 'another person'",
      "conclude gouzenko statement 'hid papers' --on gouzenko/c2 -m 'nobody denies it'",
      "claim dispute gouzenko/c1 -m 'the old calendar' --counter gouzenko/c3",
      "cite gouzenko/c2 --work krivitsky-1939 -l 132 --note 9 --as rests-on",
      "annotate gouzenko/c1 'compare the passport' --motivation questioning --tag birth",
      "casebook grant \(TestPerson.analyst.role) write",
      "casebook grant \(TestPerson.reader.role) read",
    ] {
      try await sandbox.done(line)
    }
  }
}
