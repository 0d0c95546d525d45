import ArgumentParser
import Casebook
import CasebookStore
import EDTF
import EventLog

/// Options of every command that reads: when, and whose voices.
struct ReadOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read the casebook as it stood: 2026-03-01 (the end of that day), a time, @412, yesterday, 2 weeks ago.",
      valueName: "when"))
  var asOf: String?

  @Option(
    name: .long, help: "The time zone of dates, such as +02:00 or Europe/Paris (default: UTC).")
  var timeZone: String?

  @Option(
    name: [.short, .long], parsing: .singleValue,
    help: "Hear only this source, and no analyst. May be repeated.", completion: .sources)
  var source: [String] = []

  @Option(
    name: .long, parsing: .singleValue, help: "Do not hear this source. May be repeated.",
    completion: .sources)
  var withoutSource: [String] = []

  @Option(name: .long, help: "Hear only sources issued by this date.")
  var issuedBy: String?

  /// Whose voices were asked for.
  func voices() throws -> VoiceSelection {
    let only = Set(try source.flatMap { try References.slugs($0) })
    let without = Set(try withoutSource.flatMap { try References.slugs($0) })
    if let both = only.intersection(without).min() {
      throw Failure(.usage, "\(both) is named by --source and by --without-source. Choose one")
    }
    return VoiceSelection(
      only: only, without: without, issuedBy: try issuedBy.map { try EDTF($0) })
  }

  /// Refuses what cannot be meant, whatever the casebook holds.
  func check(_ settings: Settings) throws {
    _ = try voices()
    if let asOf { _ = try When(in: zone(settings)).read(asOf) }
  }

  /// When and whose voices; what a relative moment means is said on standard error.
  func reading(_ session: Session) throws -> Reading {
    Reading(asOf: try asOf(session), voices: try voices())
  }

  /// The zone of dates that have none.
  func zone(_ settings: Settings) throws -> TimeZoneRules {
    guard let name = timeZone ?? settings.timeZone else { return .utc }
    return try TimeZoneRules(name: name, environment: settings.environment)
  }

  func asOf(_ session: Session) throws -> AsOf {
    guard let asOf else { return .head }
    return try When(in: zone(session.settings)).read(asOf, session.terminal)
  }
}
