import ArgumentParser

struct FilesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "files", abstract: told("Keep files in the workspace under an id.", "在工作区中以编号保存文件。"),
            subcommands: [
                FilesUpload.self, FilesList.self, FilesGet.self, FilesContent.self, FilesDelete.self,
            ])
    }
}
