using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>calibration</c>.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Gets λ, the weight of calibration; the rest is that of relevance. 0 changes nothing.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 0.1;
}

/// <summary>Calibration: the categories of a list come in the proportions of the user's history.</summary>
/// <remarks>
/// Greedy on (1 − λ) Σ s(i) − λ KL(p‖q̃), with s scaled to 0 … 1 inside the list, p and q̃ as in <see cref="CategoryProfile"/> (Steck 2018,
/// equation 4). Adding an item scales q of all categories alike and adds to its own only, so a step works the common part out once and each
/// candidate's own part by its categories: O(N (G + K' c)) for G categories in the history and c per item.
/// </remarks>
/// <param name="options">λ.</param>
/// <param name="data">Histories and categories.</param>
public sealed class CalibrationReRanker(CalibrationOptions options, ReRankingData data) : IReRanker
{
    readonly CategoryProfile _profile = new(data);

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        double[] p = new double[_profile.Catalog.CategoryNames.Length];
        if (!_profile.TryRead(list.User, p))
            return;
        var relevance = list.Relevance();
        var step = new Step(p);
        for (int n = 0; n < list.Wanted; n++)
        {
            int best = Best(list, relevance, step);
            list.Take(best);
            step.Add(_profile.Catalog.CategoriesOf(list.Items[best]));
        }
    }

    int Best(Shortlist list, ReadOnlySpan<double> relevance, Step step)
    {
        step.Prepare();
        (int Place, double Value) best = (-1, double.NegativeInfinity);
        for (int place = 0; place < list.Count; place++)
        {
            if (list.IsTaken(place))
                continue;
            double fit = step.FitWith(_profile.Catalog.CategoriesOf(list.Items[place]));
            double value = ((1 - options.Lambda) * relevance[place]) + (options.Lambda * fit);
            if (value > best.Value)
                best = (place, value);
        }
        return best.Place;
    }

    /// <summary>The list so far: Σ_i p(g|i) per category, and Σ_g p log q̃, which is −KL but for a constant.</summary>
    sealed class Step(double[] p)
    {
        readonly int[] _known = [.. Enumerable.Range(0, p.Length).Where(category => p[category] > 0)];
        readonly double[] _sums = new double[p.Length];
        readonly double[] _scaled = new double[p.Length];
        int _counted;
        double _fit, _fitScaled;

        /// <summary>Works out what all candidates have in common: the fit as it is, and with every q scaled to one item more.</summary>
        public void Prepare()
        {
            (_fit, _fitScaled) = (0, 0);
            foreach (int category in _known)
            {
                _fit += Share(category, _sums[category], Math.Max(_counted, 1));
                _scaled[category] = Share(category, _sums[category], _counted + 1);
                _fitScaled += _scaled[category];
            }
        }

        public double FitWith(ReadOnlySpan<int> categories)
        {
            if (categories.IsEmpty)
                return _fit;
            double fit = _fitScaled;
            foreach (int category in categories)
                if (p[category] > 0)
                    fit += Share(category, _sums[category] + (1.0 / categories.Length), _counted + 1) - _scaled[category];
            return fit;
        }

        public void Add(ReadOnlySpan<int> categories)
        {
            _counted += categories.IsEmpty ? 0 : 1;
            foreach (int category in categories)
                _sums[category] += 1.0 / categories.Length;
        }

        double Share(int category, double sum, int counted) =>
            p[category] * Math.Log(Calibration.Mixed(p[category], sum / counted));
    }
}
