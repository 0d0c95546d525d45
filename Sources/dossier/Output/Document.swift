import StrictJSON
import Terminal

/// An answer, in every form it can be asked for. Only the one asked for is made.
struct Document {
  /// The whole answer, for `--format json`.
  let json: () -> JSON
  /// Its parts, one a line for `--format ndjson` and one a record for `--format csv`.
  let items: () -> [JSON]
  /// How people read it, laid out for a width.
  let page: (_ width: Int) -> Page

  /// An answer made of parts.
  init(
    json: @autoclosure @escaping () -> JSON, items: @autoclosure @escaping () -> [JSON],
    page: @escaping (Int) -> Page
  ) {
    self.json = json
    self.items = items
    self.page = page
  }

  /// An answer that is one thing.
  init(json: @autoclosure @escaping () -> JSON, page: @escaping (Int) -> Page) {
    self.json = json
    items = { [json()] }
    self.page = page
  }
}
