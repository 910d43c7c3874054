/// Text out of a file, without what could disturb a terminal, cut where it is long.
func quoted(_ text: String) -> String {
  text.count <= 40 ? text.debugDescription : String(text.prefix(40)).debugDescription + "…"
}
