import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "models", abstract: told("Fetch, add and manage models.", "获取、添加和管理模型。"),
            subcommands: [
                ModelsList.self, ModelsPull.self, ModelsAdd.self, ModelsShow.self, ModelsExport.self,
                ModelsDelete.self,
            ])
    }
}
