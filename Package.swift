// swift-tools-version: 6.2
import PackageDescription

/// Upcoming language features that every Swift target shares.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]
/// Targets that live on the main actor: the terminal and the program's edge.
let onMainActor = strict + [.defaultIsolation(MainActor.self)]

let package = Package(
    name: "TuneDeck",
    products: [.executable(name: "tunedeck", targets: ["tunedeck"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // C libraries and kernels.
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CTerminal"),
        .target(name: "CText", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),

        // Values and protocols; no I/O.
        .target(name: "TuneModel", swiftSettings: strict),

        // What the program does, each knowing only the values.
        .target(
            name: "TuneData",
            dependencies: ["TuneModel", "CText", "CZlib", .product(name: "Crypto", package: "swift-crypto")],
            // Its inner loops run over buffers that one thread owns: no access is checked at run time.
            swiftSettings: strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]),
        .target(name: "TuneTrainer", dependencies: ["TuneModel", "CKernels", "COneDNN"], swiftSettings: strict),
        .target(
            name: "TuneStore",
            dependencies: [
                "TuneModel",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        .target(
            name: "TuneClient",
            dependencies: [
                "TuneModel", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "TuneServer", dependencies: ["TuneModel", .product(name: "Hummingbird", package: "hummingbird")],
            swiftSettings: strict),

        // The dashboard: state, cells, panes, terminal.
        .target(
            name: "TuneControl", dependencies: ["TuneModel", "TuneData"], exclude: ["Commands/make_pinyin.py"],
            swiftSettings: strict),
        .target(name: "TuneCanvas", swiftSettings: strict),
        .target(
            name: "TuneCurses", dependencies: ["TuneModel", "TuneCanvas", "CNcurses", "CTerminal"],
            swiftSettings: onMainActor),
        .target(
            name: "TuneViews", dependencies: ["TuneControl", "TuneCanvas", "TuneModel", "TuneData"],
            swiftSettings: onMainActor),

        // The program.
        .executableTarget(
            name: "tunedeck",
            dependencies: [
                "TuneModel", "TuneData", "TuneTrainer", "TuneStore", "TuneClient", "TuneServer", "TuneControl",
                "TuneCanvas", "TuneCurses", "TuneViews",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "TOMLKit", package: "TOMLKit"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            resources: [.copy("Samples")],
            swiftSettings: strict),

        // Tests, one target for each module.
        .target(
            name: "TuneTestSupport", dependencies: ["TuneCanvas"], path: "Tests/TuneTestSupport", exclude: ["Faults"],
            swiftSettings: strict),
        .executableTarget(
            name: "TortureProbe", dependencies: ["TuneTrainer", "TuneModel"], path: "Tests/TortureProbe",
            swiftSettings: strict),
        .executableTarget(
            name: "EditorProbe", dependencies: ["TuneData", "TuneModel"], path: "Tests/EditorProbe",
            swiftSettings: strict),
        .testTarget(
            name: "TuneModelTests", dependencies: ["TuneModel"], exclude: ["Evaluation/Fixtures"], swiftSettings: strict
        ),
        .testTarget(
            name: "TuneDataTests", dependencies: ["TuneData", "TuneModel", "CText", "CZlib"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict),
        .testTarget(
            name: "TuneTrainerTests", dependencies: ["TuneTrainer", "TuneModel", "CKernels"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "TuneTortureTests", dependencies: ["TortureProbe", "EditorProbe", "TuneData", "TuneTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TuneStoreTests",
            dependencies: ["TuneStore", "TuneModel", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(name: "TuneClientTests", dependencies: ["TuneClient", "TuneModel"], swiftSettings: strict),
        .testTarget(
            name: "TuneServerTests",
            dependencies: [
                "TuneServer", "TuneStore", "TuneModel", .product(name: "Hummingbird", package: "hummingbird"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TuneCanvasTests", dependencies: ["TuneCanvas", "TuneTestSupport"], exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(
            name: "TuneControlTests", dependencies: ["TuneControl", "TuneModel", "TuneData"], swiftSettings: strict),
        .testTarget(
            name: "TuneViewsTests",
            dependencies: ["TuneViews", "TuneControl", "TuneModel", "TuneData", "TuneCanvas", "TuneTestSupport"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "TuneCursesTests", dependencies: ["TuneCanvas", "TuneCurses", "TuneTestSupport"],
            swiftSettings: onMainActor),
        .testTarget(
            name: "tunedeckTests",
            dependencies: [
                "tunedeck", "TuneStore", "TuneModel", "TuneClient", "TuneCanvas", "TuneTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
