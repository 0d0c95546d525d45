import Casebook
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Words as they are written") struct WordFormsTests {
  /// What stands in texts, and what finds it.
  static let found: [(text: String, terms: [String])] = [
    ("in prison (1918-1921).", ["1918", "1921", "1918-1921", "1918–1921"]),
    ("from 1937–1938, +1939; ranks—1940", ["1937-1938", "1938", "1939", "1940", "ranks"]),
    ("1921/22 and 12.5 on 1.5.1937", ["22", "1921", "12.5", "1937", "1/5/1937"]),
    ("file/path-like words/AB", ["words", "ab", "file", "words AB", "words/ab", "path"]),
    ("A.B.Smith of smith@b.org", ["Smith", "A. B. Smith", "b.org", "smith@b.org", "org"]),
    ("http://www.example.org/1921/a_bee?x=7#y", ["1921", "bee", "example", "example.org/1921"]),
    ("F-47, No.5, №6, p.41, agent², 90%", ["F-47", "47", "5", "6", "p. 41", "agent", "90"]),
    ("<b>bold</b> &amp; &lt;x1921", ["bold", "x1921"]), ("sum 6e454f next", ["sum 6e454f next"]),
    ("the USSR's men", ["USSR", "USSR’s", "USSRʼs men"]),
    ("О'Нил", ["Нил", "О’Нил", "ОʼНил"]), ("Derja\u{AD}bin", ["Derjabin"]),
    ("Андреи\u{306} Скачко\u{301}в", ["Андрей Скачков", "андрея", "Скачкову"]),
  ]

  /// Words of which each finds each other.
  static let forms: [[String]] = [
    [
      "Скачков", "Скачкова", "Скачкову", "Скачковым", "о Скачкове", "Скачковой", "СКАЧКОВА",
      "скачков",
    ],
    ["Дерябин", "Дерябина", "Дерябину", "Дерябиным", "Дерябине", "Дерябиной", "Дерябины"],
    ["Киселёв", "Киселева", "Киселеву", "Киселёвым"], ["Синицын", "Синицыну", "Синицыной"],
    ["Кривицкий", "Кривицкого", "Кривицкому", "Кривицким", "Кривицкая", "Кривицкой", "Кривицкую"],
    ["Иван", "Ивана", "Ивану", "Иваном", "Иване"], ["Андрей", "Андрея", "Андрею", "Андреем"],
    ["Николай", "Николая", "Николаем"], ["Павел", "Павла", "Павлу"], ["Пётр", "Петра", "Петром"],
    ["Игорь", "Игоря", "Игорем"], ["Мария", "Марии", "Марию"], ["Толстой", "Толстого", "Толстым"],
    ["Шевченко", "Шевченка", "Шевченкові"], ["Ковальчук", "Ковальчука", "Ковальчуком"],
    ["Сергій", "Сергія", "Сергієм", "Сергієві"], ["Львів", "Львова", "Львові"], ["Київ", "Києва"],
    ["документ", "документы", "документов", "документами", "документу", "документах"],
    ["документи", "документів", "документові", "документам"], ["время", "времени", "временем"],
    ["капитан", "капитану", "капитаном", "капитанов"], ["отец", "отца", "отцом", "отцами"],
    ["ошибка", "ошибок", "ошибками"], ["гражданин", "гражданина", "граждане", "граждан"],
    ["бежал", "бежала", "бежали", "бежать"], ["секретный", "секретного", "секретные"],
  ]

  /// Words of which neither finds the other.
  static let others: [(String, String)] = [
    ("Петров", "Петровка"), ("Петров", "Петр"), ("Петров", "Петровский"), ("Петров", "Петрович"),
    ("Иванов", "Иван"), ("Иванова", "Ивана"), ("Николаев", "Николай"), ("Скачков", "скачки"),
    ("Дерябин", "Дерябинск"), ("Ленин", "Лена"), ("Орлов", "орла"), ("Синицын", "синица"),
    ("Пушкин", "Пушкинская"), ("агент", "агентство"), ("1921", "19212"), ("1.5", "5.1"),
    ("1921", "192"),
  ]

  @Test("Every part of what stands in a text is found, whatever sign stands before it")
  func parts() async throws {
    try await withTestConnection(.migrated) { connection in
      for (text, terms) in Self.found {
        for term in terms { try await connection.expect(term, in: text) }
      }
    }
  }

  @Test("A Russian or Ukrainian word is found in every form by every form")
  func everyForm() async throws {
    try await withTestConnection(.migrated) { connection in
      for forms in Self.forms {
        for text in forms {
          for term in forms where !term.contains(" ") {
            try await connection.expect(term, in: "о нём: \(text), да")
          }
        }
      }
    }
  }

  @Test("No word is found by another one")
  func noOther() async throws {
    try await withTestConnection(.migrated) { connection in
      for (one, other) in Self.others {
        try await connection.expect(one, in: "о \(other) да", isFound: false)
        try await connection.expect(other, in: "о \(one) да", isFound: false)
      }
    }
  }

  @Test("Texts of any length and of nothing but odd signs have words that a row can hold")
  func bounds() async throws {
    let syllables = Array("бвгджзклмн")
    let words = (0..<20_000).map { number in
      String((0..<4).map { syllables[number / [1, 10, 100, 1000][$0] % 10] }) + "ок"
    }
    let texts = [
      words.joined(separator: " "), String(repeating: "я", count: 60_000), "", "— \u{AD}\u{301} ҁ",
      String(repeating: "Щ-", count: 50_000), "😀 👩\u{200D}🔬 'x' \\ \"", "ҁҁ ъ ов Ов ь ив мя",
    ]
    try await withTestConnection(.migrated) { connection in
      for text in texts {
        let words = try await connection.query(
          "SELECT length(dossier.search_vector(left(\(text), 60000))) >= 0"
        )[0].decode(Bool.self, at: 0)
        #expect(words)
      }
    }
  }

  @Test("What was found is marked as it is written, each part by itself")
  func marking() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare(cases: 1)
      let texts = ["о Дерябине (1918-1921)", "Derja\u{AD}bin, Дерябиным", "Deryabin's, Петр"]
      for text in texts {
        try await desk.perform(
          AddAnnotation(
            AnnotationContent(
              target: .item(try ItemReference("case-0/c1")), text: text, motivation: nil, tags: []))
        )
      }
      try await desk.rebuild(SearchView.self)
      func marked(_ term: String) async throws -> Set<[String]> {
        let found = try await desk.views.search(SearchQuery([term]), at: try await desk.head())
        return Set(found.hits.map { $0.text.parts.filter(\.isHit).map(\.text) })
      }
      #expect(try await marked("1921") == [["1921"]])
      #expect(try await marked("1918–1921") == [["1918", "1921"]])
      #expect(
        try await marked("Дерябин") == [["Дерябине"], ["Дерябиным"], ["Deryabin's"]])
      #expect(try await marked("Deryabin").contains(["Дерябине"]))
      #expect(try await marked("Derjabin").contains(["Derja\u{AD}bin", "Дерябиным"]))
    }
  }
}

extension PostgresConnection {
  fileprivate func expect(
    _ term: String, in text: String, isFound: Bool = true
  ) async throws {
    let finds = try await query(
      "SELECT dossier.search_vector(\(text)) @@ dossier.search_query(\(term))"
    )[0].decode(Bool.self, at: 0)
    #expect(finds == isFound, "\(term): \(text)")
  }
}
