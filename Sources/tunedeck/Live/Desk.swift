import Foundation
import TuneClient
import TuneModel
import TuneStore

/// Everything that commands and the dashboard work with, opened for this environment.
struct Desk: Sendable {
    let paths: Paths
    let config: Config
    let workspace: Workspace
    let shelf: ModelShelf
    /// The jobs of this machine.
    let jobs: LocalJobs
    /// These and the jobs of services, in one list.
    let allJobs: AllJobs
    let services: ServiceShelf
    let uploads: UploadLedger
    let files: LocalFiles
    let models: LocalModels

    /// - Parameter launcher: nil starts this very program as the worker.
    init(
        environment: [String: String] = ProcessInfo.processInfo.environment, launcher: WorkerLauncher? = nil
    ) throws {
        paths = try Paths(environment: environment)
        config = try Config(path: paths.configFile)
        workspace = try Workspace(paths)
        shelf = ModelShelf(workspace, aliases: ModelAliases.standard.changed(by: config.aliases))
        jobs = LocalJobs(
            workspace, shelf: shelf, launcher: launcher ?? .detached(program: WorkerLauncher.thisProgram))
        uploads = UploadLedger(workspace)
        let services = ServiceShelf(
            config, environment: environment, settings: Settings(workspace), memory: uploads)
        self.services = services
        allJobs = AllJobs(
            local: jobs, remote: RemoteJobs(workspace, service: { try services.service($0).jobs }))
        files = LocalFiles(workspace, inspect: TrainingFileInspection.fault)
        models = LocalModels(shelf)
    }
}
