import TuneControl

/// The keys that TuneDeck comes with: arrows and vi's letters side by side.
enum DefaultBindings {
    static let all: [Binding] = data + work + dialogs + lists + everywhere

    private static let everywhere = [
        Binding("1", in: .everywhere, .showData),
        Binding("2", in: .everywhere, .showPrepare),
        Binding("3", in: .everywhere, .showJobs),
        Binding("4", in: .everywhere, .showAsk),
        Binding("5", in: .everywhere, .showModels),
        Binding("<tab>", in: .everywhere, .focusNext),
        Binding("<s-tab>", in: .everywhere, .focusPrevious),
        Binding("<esc>", in: .everywhere, .back),
        Binding(": <c-p>", in: .everywhere, .palette),
        Binding("<f12>", in: .everywhere, .log),
        Binding("<c-l>", in: .everywhere, .redraw),
        Binding("q <c-c>", in: .everywhere, .quit, footer: true),
        Binding("? <f1>", in: .everywhere, .help, footer: true),
    ]

    private static let lists = [
        Binding("j <down>", in: .lists, .down),
        Binding("k <up>", in: .lists, .up),
        Binding("<pgdn> <c-d> <c-f>", in: .lists, .pageDown),
        Binding("<pgup> <c-u> <c-b>", in: .lists, .pageUp),
        Binding("g <home>", in: .lists, .first),
        Binding("G <end>", in: .lists, .last),
    ]

    private static let data = [
        Binding("s", in: .welcome, .openSample, footer: true),
        Binding("o", in: .welcome, .openFile, footer: true),

        Binding("<enter> l <right>", in: .datasets, .chooseDataset, footer: true),
        Binding("d", in: .datasets, .closeDataset, footer: true),
        Binding("<enter>", in: .findings, .showFinding, footer: true),

        Binding("e <enter>", in: .records, .editRecord, footer: true),
        Binding("/", in: .records, .search, footer: true),
        Binding("f", in: .records, .filter, footer: true),
        Binding("s", in: .records, .sort, footer: true),
        Binding("<space>", in: .records, .mark, footer: true),
        Binding("<c-s>", in: .records, .saveDataset, footer: true),
        Binding("p", in: .records, .prepare, footer: true),
        Binding("t", in: .records, .train, footer: true),
        Binding("E", in: .records, .editOutside),
        Binding("a", in: .records, .addRecord),
        Binding("b", in: .records, .bulk),
        Binding("d <delete>", in: .records, .deleteRecords),
        Binding("D", in: .records, .duplicateRecords),
        Binding("u <c-z>", in: .records, .undoEdit),
        Binding("U <c-r> <c-y>", in: .records, .redoEdit),
        Binding("n", in: .records, .searchNext),
        Binding("N", in: .records, .searchPrevious),
        Binding("v", in: .records, .markTo),
        Binding("*", in: .records, .markAll),
        Binding("!", in: .records, .invertMarks),
        Binding("+", in: .records, .tag),
        Binding("#", in: .records, .jump),
        Binding("i", in: .records, .statistics),
        Binding("l", in: .records, .sortByLoss),
        Binding("w", in: .records, .whitespace),
        Binding("T", in: .records, .tokens),
        Binding("I", in: .records, .tokenIDs),
        Binding("J <a-down>", in: .records, .detailDown),
        Binding("K <a-up>", in: .records, .detailUp),
        Binding("x", in: .records, .cancelWork),
        Binding("o", in: .records, .openFile),
        Binding("c", in: .records, .checkDataset),
        Binding("[ h <left>", in: .records, .drawer),

        Binding("<enter>", in: .search, .accept, footer: true),
        Binding("<esc>", in: .search, .back, footer: true),
    ]

    private static let work = [
        Binding("y <enter>", in: .prepare, .answerYes, footer: true),
        Binding("n", in: .prepare, .answerNo, footer: true),
        Binding("a", in: .prepare, .answerAll, footer: true),
        Binding("b <backspace>", in: .prepare, .answerBack, footer: true),
        Binding("o", in: .prepare, .showRows, footer: true),
        Binding("p", in: .prepare, .prepare, footer: true),
        Binding("t", in: .prepare, .train, footer: true),
        Binding("<esc>", in: .prepare, .back, footer: true),

        Binding("f <enter>", in: .jobs, .zoomFollow, footer: true),
        Binding("a", in: .jobs, .askJob, footer: true),
        Binding("r", in: .jobs, .jobResults, footer: true),
        Binding("p", in: .jobs, .pauseJob, footer: true),
        Binding("x", in: .jobs, .cancelJob, footer: true),
        Binding("s", in: .jobs, .keepJob, footer: true),
        Binding("K", in: .jobs, .moveEarlier, footer: true),
        Binding("J", in: .jobs, .moveLater, footer: true),
        Binding("c", in: .jobs, .compareJobs, footer: true),
        Binding("d", in: .jobs, .deleteJob, footer: true),
        Binding("n t", in: .jobs, .train, footer: true),
        Binding("<space>", in: .jobs, .markJob, footer: true),
        Binding("X", in: .jobs, .cancelGroup),
        Binding("D", in: .jobs, .deleteGroup),

        // Nothing is to be moved through here, so that the letter is free; arrows go to the next job.
        Binding("k", in: .follow, .keepJob),

        Binding("<enter>", in: .prompt, .ask, footer: true),
        Binding("<esc>", in: .prompt, .back, footer: true),

        Binding("<enter> i", in: .answers, .typePrompt, footer: true),
        Binding("r", in: .answers, .ask, footer: true),
        Binding("x", in: .answers, .stopAnswer, footer: true),
        Binding("e", in: .answers, .correct, footer: true),
        Binding("m", in: .answers, .chooseModel, footer: true),
        Binding("b", in: .answers, .toggleBefore, footer: true),

        Binding("<enter> a", in: .models, .askModel, footer: true),
        Binding("t", in: .models, .trainModel, footer: true),
        Binding("f", in: .models, .fetchModel, footer: true),
        Binding("d", in: .models, .deleteModel, footer: true),
    ]

    private static let dialogs = [
        Binding("<enter>", in: .opener, .accept, footer: true),
        Binding("<tab>", in: .opener, .complete, footer: true),
        Binding("<down>", in: .opener, .down),
        Binding("<up>", in: .opener, .up),
        Binding("<esc>", in: .opener, .back, footer: true),

        Binding("<c-s>", in: .editor, .save, footer: true),
        Binding("<tab>", in: .editor, .nextField, footer: true),
        Binding("<s-tab>", in: .editor, .previousField),
        Binding("<c-z>", in: .editor, .undo, footer: true),
        Binding("<c-y>", in: .editor, .redo),
        Binding("<c-t>", in: .editor, .nextTarget, footer: true),
        Binding("<c-r>", in: .editor, .changeRole, footer: true),
        Binding("<c-n>", in: .editor, .addTurn, footer: true),
        Binding("<c-o>", in: .editor, .changeWeight, footer: true),
        Binding("<a-x>", in: .editor, .removeTurn),
        Binding("<a-up>", in: .editor, .turnEarlier),
        Binding("<a-down>", in: .editor, .turnLater),
        Binding("<f1>", in: .editor, .help, footer: true),
        Binding("<esc>", in: .editor, .back, footer: true),

        Binding("<enter>", in: .launch, .accept, footer: true),
        Binding("<tab> <down>", in: .launch, .nextField, footer: true),
        Binding("<s-tab> <up>", in: .launch, .previousField),
        Binding("<c-n>", in: .launch, .nextChoice, footer: true),
        Binding("<c-t>", in: .launch, .moreSettings, footer: true),
        Binding("<esc>", in: .launch, .back, footer: true),

        Binding("<enter>", in: .choice, .accept, footer: true),
        Binding("<esc> q", in: .choice, .back, footer: true),
        Binding("<enter>", in: .line, .accept, footer: true),
        Binding("<esc>", in: .line, .back, footer: true),
        Binding("<enter>", in: .bulk, .accept, footer: true),
        Binding("<tab> <down>", in: .bulk, .nextField, footer: true),
        Binding("<s-tab> <up>", in: .bulk, .previousField),
        Binding("<esc>", in: .bulk, .back, footer: true),
        Binding("<esc> q i", in: .statistics, .back, footer: true),

        Binding("y", in: .confirm, .confirmYes, footer: true),
        Binding("n <esc>", in: .confirm, .confirmNo, footer: true),

        Binding("<enter>", in: .palette, .accept, footer: true),
        Binding("<down> <c-n>", in: .palette, .down),
        Binding("<up> <c-p>", in: .palette, .up),
        Binding("<pgdn>", in: .palette, .pageDown),
        Binding("<pgup>", in: .palette, .pageUp),
        Binding("<esc>", in: .palette, .back, footer: true),

        Binding("<enter>", in: .picker, .accept, footer: true),
        Binding("<esc> q", in: .picker, .back, footer: true),
        Binding("<enter>", in: .comparison, .accept, footer: true),
        Binding("<esc> q c", in: .comparison, .back, footer: true),
        Binding("<esc> q r", in: .results, .back, footer: true),
        Binding("<esc> q ?", in: .help, .back, footer: true),
        Binding("<esc> q <f12>", in: .log, .back, footer: true),
    ]
}
