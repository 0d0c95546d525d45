import StrictJSON

/// Whether both are written with the same bytes: `==` takes a composed and a decomposed accent for the same, and a
/// change from one to the other would be lost.
func isSameText(_ left: String?, _ right: String?) -> Bool {
  left.map(JSON.string) == right.map(JSON.string)
}
