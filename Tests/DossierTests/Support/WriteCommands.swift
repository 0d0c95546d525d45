/// Every command that writes to the log, as it is typed in the office, in an order in which each has something to do.
enum WriteCommands {
  static let all = [
    "source add orlov-1953 --title 'The Secret History'",
    "source amend fbi-1955 --title 'Soviet Defectors, a monograph' -m 'title page'",
    "source copy fbi-1955 scan --kind scan --description 'the released scan'",
    "source derive fbi-1955 --from krivitsky-1939 -l 'note 4' -m 'cites it'",
    "source grade fbi-1955 B -m 'access to the persons'",
    "case open barmine --name 'Alexandre Barmine'",
    "case rename gouzenko 'Igor Gouzenko' -m 'as he signed'",
    "claim record gouzenko height 170 -s fbi-1955 -l 'p. 41'",
    "claim correct gouzenko/c2 'hid papers' --kind transcription -m shorter",
    "claim dispute gouzenko/c2 -m 'he carried a bag'",
    "claim resolve gouzenko/d1 -m 'both are right'",
    "claim withdraw gouzenko/c3 -m \"a summary's slip\"",
    "claim reinstate gouzenko/c4 -m 'it was he'",
    "citation add gouzenko/c2 --work riehle-2020 -l 215",
    "citation correct gouzenko/n1 -l 133 -m misread",
    "citation withdraw gouzenko/n1 -m \"another claim's\"",
    "cite gouzenko/c1 --work krivitsky-1939 --as see",
    "annotation add gouzenko 'Compare the Royal Commission.'",
    "annotation revise gouzenko/a1 'compare the passport of 1943'",
    "annotation withdraw gouzenko/a1 -m answered",
    "annotate fbi-1955 'The word top is struck out.'",
    "case close gouzenko -m complete",
    "case reopen orlov -m 'a new source'",
    "undo -m 'too early'",
  ]
}
