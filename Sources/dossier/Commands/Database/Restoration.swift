import Glibc
import Migrations
import PostgresClient
import Subprocess
import SystemPackage

/// A backup on its way into databases.
struct Restoration {
  let archive: BackupArchive

  /// Puts what the archive holds into a database in one transaction, in place of an empty schema; casebooks that are
  /// there are left alone.
  ///
  /// - Throws: `Failure`; the database is then as it was.
  func load(into server: PostgresConfiguration) async throws {
    let pipe = try FileDescriptor.pipe()
    for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    async let loading: Void = DatabaseProgram("psql").run(
      [
        "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose",
        "--command=\(Self.beginning)", "--file=-",
      ], on: server, input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true))
    let reading: Result<Void, any Error>
    do {
      try await write(archive.contents, [], to: pipe.writeEnd)
      if !archive.eventTriggers.isEmpty {
        try await write(archive.eventTriggers, ["--no-owner"], to: pipe.writeEnd)
      }
      // A script that ends before this, because somebody was killed, changes nothing.
      reading = .success(_ = try pipe.writeEnd.writeAll("COMMIT;\n".utf8))
    } catch {
      reading = .failure(error)
    }
    try? pipe.writeEnd.close()
    do {
      // What the server refused comes first: it is why the rest could not be written.
      try await loading
      try reading.get()
    } catch let failure as ProgramFailure {
      throw explained(failure)
    }
  }

  /// Writes the script of some lines of the table of contents.
  private func write(_ entries: String, _ options: [String], to end: FileDescriptor) async throws {
    try await DatabaseProgram("pg_restore").run(
      options + ["--use-list=/dev/stdin", "--file=-", "--", archive.path], input: .string(entries),
      output: .fileDescriptor(end, closeAfterSpawningProcess: false))
  }

  /// What is sent before the archive's own script.
  private static let beginning = """
    BEGIN;
    SET LOCAL client_min_messages = error;
    SET LOCAL lock_timeout = '30s';
    SET LOCAL row_security = off;
    \(Migrations.roles)
    DO $room$
    DECLARE
      _trigger name;
    BEGIN
      IF to_regclass('dossier.casebook') IS NOT NULL THEN
        LOCK TABLE dossier.casebook IN ACCESS EXCLUSIVE MODE;
        IF EXISTS (SELECT FROM dossier.casebook) THEN
          RAISE EXCEPTION 'somebody has just created a casebook in it' USING ERRCODE = 'DS008';
        END IF;
      END IF;
      FOR _trigger IN
        SELECT t.evtname FROM pg_catalog.pg_event_trigger t
        JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
        WHERE p.pronamespace = to_regnamespace('dossier')
      LOOP
        EXECUTE pg_catalog.format('DROP EVENT TRIGGER %I', _trigger);
      END LOOP;
    END
    $room$;
    DROP SCHEMA IF EXISTS dossier CASCADE;
    -- Backups that name the schema, as pg_dump is often told, leave this out.
    ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    """

  /// What it means that one of the programs failed.
  func explained(_ failure: ProgramFailure) -> Failure {
    guard let (state, message) = failure.serverError else {
      return failure.program == "psql"
        ? Failure(.unavailable, "the backup was not restored: \(failure.message)")
        : Failure(
          .badInput,
          "\(archive.path) is damaged or not whole: \(failure.message) Nothing was changed; name "
            + "another backup")
    }
    switch state {
    case .insufficientPrivilege:
      return Failure(
        .notAllowed,
        "you may not do this: \(message). Restore as whoever runs the server, such as a superuser")
    case .lockNotAvailable, .deadlockDetected:
      return Failure(
        .tryAgain, "somebody is at work in the database. Try again when nobody is connected to it")
    case _ where state.category == "53":
      return Failure(.unavailable, "the database has no room: \(message). Nothing was changed")
    case .undefinedObject:
      let role = message.firstMatch(of: /role "(.+)" does not exist/)?.output.1
      let remedy = role.map { ". Create it first: CREATE ROLE \"\($0)\" NOLOGIN" } ?? ""
      return Failure(
        .configuration,
        "the backup gives rights to somebody whom this server does not know: \(message)\(remedy)")
    default:
      return Failure(
        .badInput, "\(archive.path) cannot be restored here: \(message). Nothing was changed")
    }
  }
}
