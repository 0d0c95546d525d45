import Calendar
import Casebook
import EDTF
import PostgresClient
import StrictJSON

/// Writes the columns of a row, one after the other in the view's order.
struct RowBuilder {
  private var bytes: [UInt8] = []
  private var keyLength = 0
  private var columnsLeftOfKey: Int

  /// Begins a row of `projection`.
  init(_ projection: any Projection.Type) {
    columnsLeftOfKey = projection.keyColumns
    bytes.reserveCapacity(512)
  }

  /// The row, when every column has been added.
  var row: ViewRow { ViewRow(bytes: bytes, keyLength: keyLength) }

  /// Adds a text, or null.
  mutating func add(_ text: String?) {
    if let text { addCounted { $0.append(contentsOf: text.utf8) } } else { addNull() }
  }

  /// Adds a four-byte integer.
  mutating func add(_ number: Int) { add(encoded: Int32(clamping: number)) }

  /// Adds a position in the log.
  mutating func add(position: Int64) { add(encoded: position) }

  /// Adds yes or no.
  mutating func add(_ flag: Bool) { add(encoded: flag) }

  /// Adds a moment.
  mutating func add(_ instant: Instant) {
    add(encoded: PostgresTimestamp(microsecondsSinceUnixEpoch: instant.microseconds))
  }

  /// Adds a list of texts.
  mutating func add(_ texts: [String]) { add(encoded: texts) }

  /// Adds a JSON document.
  mutating func add(_ json: JSON) { add(json.text) }

  /// Adds the first and the last day that a date can mean, as two columns; null where there is no telling, or where
  /// PostgreSQL's calendar does not reach.
  mutating func add(boundsOf date: EDTF?) {
    let bounds = date?.bounds
    add(bounds?.earliest)
    add(bounds?.latest)
  }

  /// Adds who recorded something, when and where in the log, as three columns; null for nothing.
  mutating func add(_ stamp: Stamp?) {
    guard let stamp else {
      for _ in 0..<3 { addNull() }
      return
    }
    add(stamp.at)
    add(stamp.by)
    add(position: stamp.position)
  }

  private mutating func add(_ day: CalendarDate?) {
    if let day, Self.years.contains(day.year) {
      add(encoded: PostgresDate(daysSinceUnixEpoch: Int32(day.dayNumber)))
    } else {
      addNull()
    }
  }

  /// Whole years that PostgreSQL's `date` reaches (PostgreSQL manual, date/time types).
  private static let years = -4_712...5_874_896

  private mutating func add(encoded value: some PostgresEncodable) {
    addCounted { value.encode(into: &$0) }
  }

  private mutating func addCounted(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    bytes.append(bigEndian: Int32(0))
    write(&bytes)
    let length = UInt32(bytes.count - start - 4)
    for index in 0..<4 {
      bytes[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index))
    }
    endColumn()
  }

  private mutating func addNull() {
    bytes.append(bigEndian: Int32(-1))
    endColumn()
  }

  private mutating func endColumn() {
    columnsLeftOfKey -= 1
    if columnsLeftOfKey == 0 { keyLength = bytes.count }
  }
}

extension Array where Element == UInt8 {
  /// Appends an integer in network byte order.
  mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
