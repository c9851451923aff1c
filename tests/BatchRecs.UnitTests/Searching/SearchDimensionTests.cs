using BatchRecs.Core.Searching;

namespace BatchRecs.UnitTests.Searching;

public sealed class SearchDimensionTests
{
    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(0.5, 0.032)]
    [InlineData(1, 1)]
    public void Equal_steps_of_a_logarithmic_range_are_equal_ratios(double place, double value) =>
        Assert.Equal(value, Real(0.001, 1, isLogarithmic: true).At(place));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.333, 0.067)]
    [InlineData(1, 0.2)]
    public void Equal_steps_of_a_linear_range_are_equal_differences(double place, double value) =>
        Assert.Equal(value, Real(0, 0.2, isLogarithmic: false).At(place));

    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(0.49, 10)]
    public void Whole_numbers_stay_whole(double place, double value) =>
        Assert.Equal(value, (Real(1, 20, isLogarithmic: false) with { Grain = Grain.Whole }).At(place));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.2, 31.0 / 24)]
    [InlineData(0.6, 9)]
    public void Durations_are_whole_days_and_below_three_of_them_whole_hours(double place, double days) =>
        Assert.Equal(days, (Real(0.5, 60, isLogarithmic: true) with { Grain = Grain.Days }).At(place));

    [Theory]
    [InlineData(0.01, 0.333)]
    [InlineData(5, 1)]
    [InlineData(0.0001, 0)]
    public void A_value_has_a_place_also_where_it_lies_outside(double value, double place) =>
        Assert.Equal(place, Real(0.001, 1, isLogarithmic: true).PlaceOf(value), 3);

    [Fact]
    public void What_is_no_number_now_is_taken_to_the_middle() => Assert.Equal(0.5, Real(0.001, 1, isLogarithmic: true).PlaceOf(null));

    static SearchDimension Real(double least, double greatest, bool isLogarithmic) =>
        new() { Name = "x", Least = least, Greatest = greatest, IsLogarithmic = isLogarithmic };
}
