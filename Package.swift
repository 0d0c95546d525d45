// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours treats warnings as errors and opts into the language's coming defaults.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "dossier",
  products: [
    .executable(name: "dossier", targets: ["dossier"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    // MARK: Pure: no I/O, no clock, no randomness
    .target(name: "StrictJSON", swiftSettings: settings),
    .target(name: "Calendar", swiftSettings: settings),
    .target(name: "EDTF", dependencies: ["Calendar"], swiftSettings: settings),
    .target(
      name: "Casebook", dependencies: ["Calendar", "EDTF", "StrictJSON"], swiftSettings: settings),
    .target(name: "Analysis", dependencies: ["Casebook", "EDTF"], swiftSettings: settings),
    .target(
      name: "Exports", dependencies: ["Calendar", "Casebook", "EDTF", "StrictJSON", crypto],
      swiftSettings: settings),

    // MARK: PostgreSQL and the log
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "PostgresClient", dependencies: ["CLibPQ"], swiftSettings: settings),
    .target(
      name: "Migrations", path: "Migrations",
      resources: [
        .embedInCode("0001_create_log.sql"),
        .embedInCode("0002_guard_log.sql"),
        .embedInCode("0003_append_events.sql"),
        .embedInCode("0004_manage_casebooks.sql"),
        .embedInCode("0005_import_log.sql"),
        .embedInCode("0006_hasten_reads.sql"),
        .embedInCode("0007_hasten_append.sql"),
        .embedInCode("0008_create_views.sql"),
        .embedInCode("0009_search_casebook.sql"),
        .embedInCode("0010_name_positions.sql"),
        .embedInCode("0011_keep_texts.sql"),
        .embedInCode("0012_widen_views.sql"),
        .embedInCode("0013_hasten_policies.sql"),
        .embedInCode("0014_bind_members.sql"),
        .embedInCode("0015_check_at_door.sql"),
        .embedInCode("0016_guard_views.sql"),
        .embedInCode("0017_share_locks.sql"),
        .embedInCode("0018_guard_objects.sql"),
        .embedInCode("0019_read_names.sql"),
        .embedInCode("0020_part_faults.sql"),
        .embedInCode("0021_refuse_taken.sql"),
        .embedInCode("0022_find_forms.sql"),
        .embedInCode("catalogue.sql"),
        .embedInCode("guards.sql"),
        .embedInCode("roles.sql"),
        .embedInCode("schema.txt"),
      ],
      swiftSettings: settings),
    .target(
      name: "EventLog",
      dependencies: ["Calendar", "Migrations", "PostgresClient", "StrictJSON", crypto],
      swiftSettings: settings),
    .target(
      name: "CasebookStore",
      dependencies: ["Calendar", "Casebook", "EventLog", "PostgresClient", "StrictJSON", crypto],
      swiftSettings: settings),

    .target(
      name: "Views",
      dependencies: [
        "Calendar", "Casebook", "CasebookStore", "EDTF", "EventLog", "PostgresClient",
        "StrictJSON", crypto,
      ],
      swiftSettings: settings),

    // MARK: Around the casebook
    .target(name: "BundledCorpus", exclude: ["soviet-defectors", "vocabularies"]),
    .target(
      name: "Corpus",
      dependencies: [
        "BundledCorpus", "Calendar", "Casebook", "CasebookStore", "EDTF", "EventLog", "Exports",
        "StrictJSON", crypto,
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "EmbeddedPostgres",
      dependencies: [
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(name: "Terminal", swiftSettings: settings),
    .executableTarget(
      name: "dossier",
      dependencies: [
        "Analysis", "Calendar", "Casebook", "CasebookStore", "Corpus", "EDTF", "EmbeddedPostgres",
        "EventLog", "Exports", "Migrations", "PostgresClient", "StrictJSON", "Terminal", "Views",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "DossierBench",
      dependencies: [
        "Casebook", "CasebookStore", "EDTF", "EventLog", "PostgresClient", "StrictJSON", "Terminal",
        "Views",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // MARK: Tests
    .target(
      name: "TestSupport",
      dependencies: [
        "Casebook", "CasebookStore", "EDTF", "EventLog", "PostgresClient", "StrictJSON",
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: settings),
    .testTarget(name: "CalendarTests", dependencies: ["Calendar"], swiftSettings: settings),
    .testTarget(name: "EDTFTests", dependencies: ["Calendar", "EDTF"], swiftSettings: settings),
    .testTarget(
      name: "CasebookTests", dependencies: ["Calendar", "Casebook", "EDTF", "StrictJSON"],
      exclude: [
        "Spelling/russian-names.tsv", "Spelling/surnames.txt", "Spelling/ukrainian-names.tsv",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "AnalysisTests",
      dependencies: ["Analysis", "Calendar", "Casebook", "Corpus", "EDTF", "StrictJSON"],
      exclude: ["verdicts.txt"], swiftSettings: settings),
    .testTarget(
      name: "ExportsTests",
      dependencies: ["Calendar", "Casebook", "EDTF", "Exports", "StrictJSON"],
      swiftSettings: settings),
    .testTarget(
      name: "PostgresClientTests", dependencies: ["PostgresClient", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EventLogTests",
      dependencies: [
        "Calendar", "Casebook", "CasebookStore", "EventLog", "Migrations", "PostgresClient",
        "StrictJSON", "TestSupport", crypto,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CasebookStoreTests",
      dependencies: [
        "Calendar", "Casebook", "CasebookStore", "EDTF", "EventLog", "PostgresClient", "StrictJSON",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ViewsTests",
      dependencies: [
        "Casebook", "CasebookStore", "EventLog", "PostgresClient", "StrictJSON", "TestSupport",
        "Views",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "Casebook", "CasebookStore", "Corpus", "EventLog", "PostgresClient", "StrictJSON",
        "TestSupport",
      ],
      exclude: ["figures.txt"], swiftSettings: settings),
    .testTarget(
      name: "EmbeddedPostgresTests", dependencies: ["EmbeddedPostgres"], swiftSettings: settings),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: settings),
    .testTarget(
      name: "DossierTests",
      dependencies: [
        "Calendar", "Casebook", "CasebookStore", "EDTF", "EventLog", "PostgresClient", "StrictJSON",
        "TestSupport", "dossier",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Access/access.txt", "Access/probe.sql"],
      swiftSettings: settings),
  ]
)
