import StrictJSON

/// What an analyst says about something.
public struct AnnotationContent: Hashable, Sendable {
  /// What it is about.
  public var target: Reference
  /// What the analyst says.
  public var text: String
  /// Why it was written, in the terms of the W3C Web Annotation vocabulary.
  public var motivation: Motivation?
  /// Words to find it by.
  public var tags: [String]

  /// An annotation of `target`.
  public init(target: Reference, text: String, motivation: Motivation?, tags: [String]) {
    self.target = target
    self.text = text
    self.motivation = motivation
    self.tags = tags
  }
}

/// Why an annotation was written (W3C Web Annotation vocabulary, `oa:Motivation`).
public enum Motivation: String, Hashable, Sendable, CaseIterable {
  case assessing, bookmarking, classifying, commenting, describing, editing, highlighting
  case identifying, linking, moderating, questioning, replying, tagging
}

extension AnnotationContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["target"] = .string(target.description)
    fields["text"] = .string(text)
    fields["motivation"] = motivation.map { .string($0.rawValue) }
    fields["tags"] = .array(tags.map(JSON.string))
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    let reference = try reader.string("target")
    do { target = try Reference(reference) } catch {
      throw reader.error(error.message, at: "target")
    }
    text = try reader.string("text")
    motivation = reader.contains("motivation") ? try reader.choice("motivation") : nil
    tags = try reader.strings("tags")
  }
}
