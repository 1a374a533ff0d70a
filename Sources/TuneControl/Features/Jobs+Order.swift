public import TuneModel

extension Jobs.State {
    /// Takes a list, in any order, and puts the cursor on a job of it.
    mutating func show(_ jobs: [Job], selecting id: JobID?) {
        self.jobs = Self.ordered(jobs.sorted { $0.createdAt > $1.createdAt })
        marked.formIntersection(jobs.map(\.id))
        variations = Self.variations(in: self.jobs)
        list.resize(to: self.jobs.count)
        if let id, let index = self.jobs.firstIndex(where: { $0.id == id }) { list.select(index) }
    }

    /// The jobs of the sweep that a job belongs to, as they stand in the list; the job alone when it is in none.
    public func group(of job: Job) -> [Job] {
        guard let group = job.group else { return [job] }
        return jobs.filter { $0.group == group }
    }

    /// What a comparison would show: the marked jobs, else the sweep of the one under the cursor.
    public var comparable: [Job] {
        let chosen = jobs.filter { marked.contains($0.id) }
        if chosen.count > 1 { return chosen }
        let group = selected.map(group) ?? []
        return group.count > 1 ? group : []
    }

    // MARK: -

    /// Sorts a list that has the newest first.
    static func ordered(_ jobs: [Job]) -> [Job] {
        var blocks: [[Job]] = []
        var places: [GroupID: Int] = [:]
        for job in jobs {
            if let group = job.group, let place = places[group] {
                blocks[place].append(job)
                continue
            }
            if let group = job.group { places[group] = blocks.count }
            blocks.append([job])
        }
        let keyed = blocks.enumerated().map { index, block in
            // In a sweep time runs downwards: what has ended, what runs, what waits.
            (block.reversed().enumerated().sorted { inSweep($0) < inSweep($1) }.map(\.element), index)
        }
        return keyed.sorted { among($0.0, $0.1) < among($1.0, $1.1) }.flatMap(\.0)
    }

    private static func inSweep(_ entry: EnumeratedSequence<ReversedCollection<[Job]>>.Element) -> (Int, Int, Int) {
        let job = entry.element
        let rank = job.status.isFinal ? 0 : job.status == .running ? 1 : job.status == .queued ? 3 : 2
        return (rank, job.turn ?? 0, entry.offset)
    }

    private static func among(_ block: [Job], _ index: Int) -> (Int, Int, Int) {
        if block.contains(where: { $0.status == .running || $0.status == .validatingFiles }) { return (0, 0, index) }
        let queued = block.filter { $0.status == .queued }
        // One that was just made has no turn yet: it is the last.
        if !queued.isEmpty { return (1, queued.compactMap(\.turn).min() ?? .max, -index) }
        return (block.contains { $0.status == .paused } ? 2 : 3, 0, index)
    }

    private static func variations(in jobs: [Job]) -> [JobID: String] {
        var variations: [JobID: String] = [:]
        for (group, members) in Dictionary(grouping: jobs, by: \.group) where group != nil && members.count > 1 {
            let names = SettingName.allCases.filter { name in
                Set(members.map { name.text(in: $0.request) }).count > 1
            }
            let isOfModels = Set(members.map(\.model)).count > 1
            for job in members {
                let settings = names.compactMap { name in
                    name.text(in: job.request).map { "\(name.shortName) \($0)" }
                }
                variations[job.id] = ((isOfModels ? [job.askableBase] : []) + settings).joined(separator: " ")
            }
        }
        return variations
    }
}
