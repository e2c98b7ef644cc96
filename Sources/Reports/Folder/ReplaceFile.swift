import Foundation

/// Puts a file in the place of another in one step, whether or not there is another.
///
/// The only C call of this module. `FileManager.replaceItemAt` is no help: on Linux (Swift 6.3) it removes the
/// old file and then throws.
///
/// - Returns: The system's error number, or `nil` when it is done.
func replaceFile(_ old: String, with new: String) -> Int32? {
  unsafe rename(new, old) == 0 ? nil : errno
}
