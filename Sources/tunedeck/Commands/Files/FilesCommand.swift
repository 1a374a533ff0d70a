import ArgumentParser

struct FilesCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "files",
            abstract: told("Keep files under an id, in the workspace or at a service.", "在工作区或服务上以编号保存文件。"),
            subcommands: [
                FilesUpload.self, FilesList.self, FilesGet.self, FilesContent.self, FilesDelete.self,
            ])
    }
}
