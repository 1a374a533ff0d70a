import TuneModel

extension Command {
    /// The words of what is done with evaluations.
    var evaluationWords: CommandWords {
        switch self {
        case .showEvaluations:
            CommandWords(
                Wording("Evaluations that were made", "查看做过的评测"), Wording("evaluations", "评测"),
                shell: "tunedeck eval --list")
        case .evaluate:
            CommandWords(
                Wording("Evaluate models on the dataset", "在此数据集上评测模型"), Wording("evaluate", "评测"),
                shell: "tunedeck eval -m MODEL -d FILE")
        case .openEvaluation:
            CommandWords(
                Wording("Look at the evaluation", "查看这次评测"), Wording("open", "打开"), shell: "tunedeck eval -i ID")
        case .deleteEvaluation: CommandWords(Wording("Delete the evaluation", "删除这次评测"), Wording("delete", "删除"))
        case .cancelEvaluation:
            CommandWords(
                Wording("Stop the evaluation and keep what it has measured", "停止评测并保留已测量的部分"), Wording("stop", "停止"))
        case .sortEvaluation:
            CommandWords(Wording("Sort the records by the next measure", "按下一个指标排序"), Wording("sort", "排序"))
        case .evaluationModel:
            CommandWords(
                Wording("Sort by the next model's figures, or by the mean", "按下一个模型或平均值排序"), Wording("model", "模型"))
        case .evaluationClasses:
            CommandWords(
                Wording("Show the confusion matrix, or the record", "显示混淆矩阵或记录"), Wording("classes", "分类"))
        case .evaluationFilter: CommandWords(Wording("Show only some records", "只显示部分记录"), Wording("filter", "筛选"))
        case .exportEvaluation:
            CommandWords(
                Wording("Write a report: HTML or Markdown", "写出报告：HTML 或 Markdown"), Wording("report", "报告"),
                shell: "tunedeck eval -i ID --report FILE")
        case .editEvaluated:
            CommandWords(Wording("Edit the record in its dataset", "在数据集中编辑这条记录"), Wording("edit record", "编辑记录"))
        case .takeAnswer:
            CommandWords(
                Wording("Make a new record of the answer", "把回答改成一条新记录"), Wording("answer → record", "回答→记录"))
        case .toggle: CommandWords(Wording("Switch the row", "切换此项"), Wording("switch", "切换"))
        default: preconditionFailure("no words for \(rawValue)")
        }
    }
}
