/// Why a file cannot be read or written. The wording is in `FileError+Description.swift`.
package struct FileError: Error, Equatable {
  package enum Action: Sendable {
    case read, write
  }

  package enum Cause: Error, Equatable {
    case missing
    /// No name at all to write to.
    case noName
    case directory
    /// A pipe or a device where only a file makes sense.
    case notRegular
    case notPermitted
    /// More than this many bytes.
    case tooLarge(limit: Int)
    /// The folder to write into is not there.
    case noFolder
    /// A link that leads nowhere, which is not written through.
    case danglingLink
    /// Who was to read what is written has gone; a command ends quietly.
    case closedPipe
    case noSpace
    /// Another cause, as the operating system numbers it.
    case system(Int32)
  }

  package let action: Action
  /// As it was given; `-` for standard input or output.
  package let path: String
  package let cause: Cause
}
