import StrictJSON

/// What a member may do with a casebook.
public enum MemberAccess: String, Hashable, Sendable, CaseIterable {
  case read, write, admin
}

/// Access to the casebook, as it is given to somebody.
public struct AccessContent: Hashable, Sendable {
  /// The login role.
  public var role: String
  /// What it may do from then on, whatever it could do before.
  public var access: MemberAccess

  /// `access` for `role`.
  public init(role: String, access: MemberAccess) {
    self.role = role
    self.access = access
  }
}

extension AccessContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["role"] = .string(role)
    fields["access"] = .string(access.rawValue)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    role = try reader.string("role")
    access = try reader.choice("access")
  }
}
