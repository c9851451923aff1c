namespace BatchRecs.Host.Reports;

/// <summary>How a report looks: in the page itself, so that the file can be sent and kept.</summary>
static class ReportStyle
{
    /// <summary>The style sheet: light and dark, from 320 pixels up, and on paper.</summary>
    public const string Css =
        """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --back: #ffffff; --panel: #f6f8fa;
          --mark: #0550ae; --other: #6e7781; --bar: #c9daf0; --bar-other: #dde1e6; --good: #116329; --bad: #a40e26; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --back: #0d1117; --panel: #161b22;
          --mark: #79b8ff; --other: #9da7b3; --bar: #1c3a5e; --bar-other: #2b323b; --good: #7ee787; --bad: #ff9492; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--back); color: var(--ink);
          font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
        p { max-width: 46rem; margin: .5rem 0; }
        a { color: var(--mark); }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
        .soft { color: var(--soft); }
        .verdict { border-left: 4px solid var(--other); background: var(--panel); padding: .5rem .75rem; max-width: none; }
        .verdict.better { border-color: var(--good); } .verdict.worse { border-color: var(--bad); }
        figure { margin: 1rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; }
        figcaption { font-weight: 600; margin-bottom: .25rem; }
        .figures { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
        .group { font-weight: 600; margin: .5rem 0 0; font-size: .9rem; }
        .row { display: grid; grid-template-columns: minmax(9rem, 2fr) 3fr 4.5rem; gap: .5rem; align-items: center; font-size: .9rem; }
        .row.marked .label, .row.marked .value { font-weight: 700; }
        .value { text-align: right; font-variant-numeric: tabular-nums; }
        svg { display: block; width: 100%; overflow: visible; }
        svg rect { fill: var(--bar-other); } .marked svg rect { fill: var(--bar); }
        svg circle { fill: var(--back); stroke: var(--other); stroke-width: 2; }
        .marked svg circle { fill: var(--mark); stroke: var(--mark); }
        svg .whisker { stroke: var(--other); stroke-width: 2; } .marked svg .whisker { stroke: var(--mark); }
        svg .zero { stroke: var(--soft); stroke-width: 1; }
        .ends { display: flex; justify-content: space-between; color: var(--soft); font-size: .8rem; }
        details { margin-top: .5rem; } summary { cursor: pointer; color: var(--mark); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
        thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
        th:first-child { text-align: left; } tbody th { font-weight: 400; }
        :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
        @media (max-width: 40rem) {
          .row { grid-template-columns: 1fr 4.5rem; gap: 0 .5rem; } .row .label { grid-column: 1 / 3; }
          .row.axis > :first-child { display: none; }
        }
        @media print { nav, summary { display: none; } figure { break-inside: avoid; } }
        """;
}
