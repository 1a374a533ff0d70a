/// How the page looks. Colours stand once for light and once for dark; models keep theirs through the whole page.
enum HTMLStyle {
    static let sheet = """

        :root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d2430; --quiet: #5d6877; --line: #dcd9d0;
          --field: #f1eee6; --good: #1f7a4a; --bad: #b3402e;
          --m0: #1d7f93; --m1: #b5701a; --m2: #7a4fb0; --m3: #3c7d2f; --m4: #b03a6b; --m5: #4a5f9e; }
        @media (prefers-color-scheme: dark) { :root { --paper: #10151c; --ink: #d5dde6; --quiet: #93a2b1;
          --line: #2b3846; --field: #18212b; --good: #57b583; --bad: #e07a68;
          --m0: #6cc7d9; --m1: #e8bb6d; --m2: #b79ae6; --m3: #8ccf90; --m4: #ee93b7; --m5: #9db2ee; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 15px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 26px; margin: 0 0 16px; } h2 { font-size: 19px; margin: 40px 0 12px; }
        h3 { font-size: 15px; margin: 20px 0 8px; } h4 { font-size: 13px; margin: 10px 0 4px; color: var(--quiet); }
        h4 small { font-weight: normal; margin-left: 6px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
        dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
        .notes { color: var(--quiet); padding-left: 18px; margin: 16px 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 5px 14px 5px 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); }
        th[scope=row], thead td { text-align: left; font-weight: normal; color: var(--quiet); white-space: nowrap; }
        thead th { overflow-wrap: anywhere; max-width: 260px; }
        td small { display: block; color: var(--quiet); font-size: 12px; white-space: nowrap; }
        td.best { font-weight: 600; } td.best small { font-weight: normal; } .mark { color: var(--good); }
        tr.mean td, tr.mean th { color: var(--quiet); border-bottom: 0; }
        .dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 6px; }
        .dot.m0 { background: var(--m0); } .dot.m1 { background: var(--m1); } .dot.m2 { background: var(--m2); }
        .dot.m3 { background: var(--m3); } .dot.m4 { background: var(--m4); } .dot.m5 { background: var(--m5); }
        .charts { display: flex; flex-wrap: wrap; gap: 20px 28px; margin-top: 24px; }
        svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; }
        svg .name { font-weight: 600; } svg .axis, svg .label { fill: var(--quiet); font-size: 11px; }
        .bar.m0, .curve.m0 { fill: var(--m0); } .bar.m1, .curve.m1 { fill: var(--m1); }
        .bar.m2, .curve.m2 { fill: var(--m2); } .bar.m3, .curve.m3 { fill: var(--m3); }
        .bar.m4, .curve.m4 { fill: var(--m4); } .bar.m5, .curve.m5 { fill: var(--m5); }
        .bar { fill-opacity: .65; } .curve { fill-opacity: .45; }
        .whisker { stroke: var(--ink); stroke-width: 1.2; fill: none; }
        .hit { fill: var(--good); } .miss { fill: var(--bad); }
        svg .count { text-anchor: middle; font-size: 12px; } svg .count.strong { fill: var(--paper); font-weight: 600; }
        .pair { display: flex; flex-wrap: wrap; gap: 32px; align-items: flex-start; }
        figure { margin: 0; } figcaption, .legend { color: var(--quiet); font-size: 12px; }
        .legend > span { margin-right: 16px; }
        article { border-top: 1px solid var(--line); padding: 4px 0 12px; }
        pre { margin: 0; padding: 8px 12px; background: var(--field); border-radius: 6px; white-space: pre-wrap;
          overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace; }
        pre.prompt { border-left: 3px solid var(--quiet); }
        .judge { color: var(--quiet); margin: 4px 0 0; font-size: 13px; }
        @media print { body { font-size: 12px; } article { break-inside: avoid; } }

        """
}
