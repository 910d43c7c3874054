/// Gives what an expression gives; what it throws is wrapped into an error of the caller's own:
/// `try rethrowing(try FileContents.read(path), as: LessonError.unreadable)`.
package func rethrowing<Value, Cause: Error, Failure: Error>(
  _ body: @autoclosure () throws(Cause) -> Value, as wrap: (Cause) -> Failure
) throws(Failure) -> Value {
  do throws(Cause) {
    return try body()
  } catch {
    throw wrap(error)
  }
}

/// The same for several statements.
package func rethrowing<Value, Cause: Error, Failure: Error>(
  as wrap: (Cause) -> Failure, _ body: () throws(Cause) -> Value
) throws(Failure) -> Value {
  try rethrowing(try body(), as: wrap)
}
