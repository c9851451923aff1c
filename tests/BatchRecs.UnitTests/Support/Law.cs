using FsCheck;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Support;

/// <summary>Checks that something holds for generated values.</summary>
static class Law
{
    public static void Holds<T>(Gen<T> values, Func<T, bool> law, int tests = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(values.ToArbitrary(), law));
}
