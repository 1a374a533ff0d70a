extension EffectRunner {
    func performOutside(_ effect: Effect, _ post: Post) async throws {
        switch effect {
        case .findEditor:
            post(.outside(.found(world.outside.editor())))
        case .editOutside(let command, let text, let file):
            post(.outside(.returned(try await world.outside.edit(command, text, file))))
        case .discardOutsideFile(let file):
            world.outside.discard(file)
        default:
            preconditionFailure("not an effect on an editor: \(effect)")
        }
    }
}
