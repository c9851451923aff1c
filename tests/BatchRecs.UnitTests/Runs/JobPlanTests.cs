using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Pipeline.Stages;

namespace BatchRecs.UnitTests.Runs;

public sealed class JobPlanTests
{
    static readonly RefreshJob Job = JobDefaults.Complete(new RefreshJob
    {
        Recommender = "shop",
        Sources = [new SourceOptions { Table = "events", Columns = new SourceColumns { User = "u", Item = "i", Time = "t" } }],
    });

    [Fact]
    public void A_job_without_weights_weighs_as_the_defaults_say()
    {
        var weighing = JobPlan.Recipe(Job).Weighing;

        var type = Assert.Single(weighing.Events);
        Assert.Equal(new EventWeight("interaction"), type);
        Assert.Equal(new WeighingOptions { Events = weighing.Events }, weighing);
    }

    [Fact]
    public void Every_key_of_events_and_weights_reaches_the_weigher()
    {
        var weighing = JobPlan.Recipe(Job with
        {
            Events = new Dictionary<string, EventOptions>
            {
                ["return"] = new()
                {
                    Weight = 3,
                    HalfLife = TimeSpan.FromDays(9),
                    Floor = 0.2,
                    Negative = true,
                    MinValue = 1,
                    Value = ValueUse.Log1p,
                },
            },
            Weights = new WeightsOptions
            {
                Floor = 0.1,
                DropBelow = 0.02,
                Saturation = new SaturationOptions { Form = SaturationForm.Ratio, Scale = 4 },
                UserDamping = 0.5,
                MaxPerPair = 5,
                MaxItemsPerUser = 50,
                Propensity = new PropensityOptions { Exponent = 1, Floor = 0.05, Form = PropensityForm.Relmf, Training = 0.25 },
            },
            Scorers = new Dictionary<string, object> { ["als"] = new AlsOptions { UnobservedWeight = 0.3 } },
            Blend = new Dictionary<string, Tunable> { ["als"] = new(1) },
        }).Weighing;

        Assert.Equal(
            new EventWeight("return")
            {
                Weight = 3,
                HalfLifeDays = 9,
                Floor = 0.2,
                IsNegative = true,
                MinValue = 1,
                Value = ValueUse.Log1p,
            },
            Assert.Single(weighing.Events));
        Assert.Equal(
            new WeighingOptions
            {
                Events = weighing.Events,
                Floor = 0.1,
                DropBelow = 0.02,
                SaturationForm = SaturationForm.Ratio,
                Saturation = 4,
                UserDamping = 0.5,
                MaxPerPair = 5,
                MaxItemsPerUser = 50,
                PropensityExponent = 1,
                PropensityFloor = 0.05,
                PropensityForm = PropensityForm.Relmf,
                UnobservedWeight = 0.3,
                PropensityTraining = 0.25,
            },
            weighing);
    }

    [Fact]
    public void Popular_lists_and_their_windows_are_those_of_the_job()
    {
        var popular = JobPlan.Popular(new PopularOptions
        {
            Count = 7,
            Window = TimeSpan.FromDays(5),
            TrendingWindow = TimeSpan.FromDays(2),
            TrendingBase = TimeSpan.FromDays(9),
            TrendingMinUsers = 4,
        });

        Assert.Equal(new PopularPlan(7, TimeSpan.FromDays(5), TimeSpan.FromDays(2), TimeSpan.FromDays(9), 4), popular);
    }
}
