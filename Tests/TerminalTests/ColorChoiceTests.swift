import Terminal
import Testing

@Suite("Colour")
struct ColorChoiceTests {
  @Test(
    "Only a terminal is coloured, unless the environment says otherwise",
    arguments: [
      ([:], true, true), ([:], false, false), (["NO_COLOR": "1"], true, false),
      (["NO_COLOR": ""], true, true), (["CLICOLOR_FORCE": "1"], false, true),
      (["CLICOLOR_FORCE": "0"], false, false),
      (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], true, false), (["TERM": "dumb"], true, false),
    ] as [([String: String], Bool, Bool)])
  func automatic(environment: [String: String], isTerminal: Bool, isOn: Bool) {
    #expect(ColorChoice.auto.isOn(isTerminal: isTerminal, environment: environment) == isOn)
  }

  @Test("A choice made on the command line wins")
  func explicit() {
    #expect(ColorChoice.always.isOn(isTerminal: false, environment: ["NO_COLOR": "1"]))
    #expect(!ColorChoice.never.isOn(isTerminal: true, environment: ["CLICOLOR_FORCE": "1"]))
  }

  @Test("Without colour a text is sent as it is")
  func plain() {
    let text: StyledText = "\("bad", .bad) news"
    #expect(text.rendered(inColor: false) == "bad news")
    #expect(text.rendered(inColor: true) == "\u{1B}[1;31mbad\u{1B}[0m news")
  }
}
