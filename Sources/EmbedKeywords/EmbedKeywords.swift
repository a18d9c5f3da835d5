import Foundation
import PackagePlugin

/// Compiles `Keywords/` into `CKeywords` at build time: an edit there rebuilds one C file.
///
/// Only C can embed a file as it is; Swift would hold it as text, to be unpacked at every start. The
/// tools version asks for `experimentalCGen`, without which plugins may write no C.
@main struct EmbedKeywords: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Keywords")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "keywords-data.c")
    return [
      .buildCommand(
        displayName: "Compile the keyword library",
        executable: try context.tool(named: "CompileKeywords").url,
        arguments: [output.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
    ]
  }
}
