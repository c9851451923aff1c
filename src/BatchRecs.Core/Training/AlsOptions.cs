using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Core.Training;

/// <summary>Options of the scorer <c>als</c>: implicit ALS.</summary>
/// <remarks>Defaults lie between the settings for MovieLens 20M and the Million Song Dataset in Rendle et al. 2022, appendix A.</remarks>
public sealed record AlsOptions
{
    /// <summary>Gets the length d of a factor vector.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 1024)]
    public int Factors { get; init; } = 128;

    /// <summary>Gets the largest number of sweeps; training ends earlier where the loss hardly falls any more.</summary>
    /// <value>The default is 12.</value>
    [Range(1, 100)]
    public int Iterations { get; init; } = 12;

    /// <summary>Gets α₀: how much every pair of user and item, observed or not, is drawn to score 0; less where data are sparser.</summary>
    /// <value>The default is 0.05.</value>
    [Range(1e-6, 100.0)]
    public double UnobservedWeight { get; init; } = 0.05;

    /// <summary>Gets λ, the scale of the ridge.</summary>
    /// <value>The default is 0.003.</value>
    [Range(0.0, 1000.0)]
    public double Regularization { get; init; } = 0.003;

    /// <summary>Gets ν: the ridge of a row is λ (sum of its weights + α₀ · number of rows of the other side)^ν.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 2.0)]
    public double RegularizationExponent { get; init; } = 1;
}
