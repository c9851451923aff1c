namespace BatchRecs.Store.Extract;

/// <summary>Reads times in the forms of ISO 8601 that databases write.</summary>
/// <remarks>
/// <c>YYYY-MM-DD</c>, then optionally <c>T</c> or a blank and <c>HH:MM</c>, <c>:SS</c>, a fraction (digits after the sixth are dropped) and
/// <c>Z</c> or an offset <c>±HH</c>, <c>±HHMM</c>, <c>±HH:MM</c>.
/// </remarks>
static class Iso8601
{
    const long MicrosecondsPerSecond = 1_000_000;
    const long SecondsPerDay = 86_400;

    /// <summary>The day number of 1970-01-01.</summary>
    const long EpochDay = 719_162;

    /// <summary>Reads a time.</summary>
    /// <param name="text">UTF-8 text.</param>
    /// <param name="time">Microseconds since 1970-01-01: UTC if <paramref name="hasZone"/>, else local.</param>
    /// <param name="hasZone">Whether the text says its offset.</param>
    /// <returns>False if the text is no such time.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long time, out bool hasZone)
    {
        time = 0;
        hasZone = false;
        if (!TryDigits(ref text, 4, out int year) || !TrySkip(ref text, '-') || !TryDigits(ref text, 2, out int month)
            || !TrySkip(ref text, '-') || !TryDigits(ref text, 2, out int day) || year == 0 || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        time = (new DateOnly(year, month, day).DayNumber - EpochDay) * SecondsPerDay * MicrosecondsPerSecond;
        if (text.IsEmpty)
            return true;
        if ((!TrySkip(ref text, 'T') && !TrySkip(ref text, ' ')) || !TryClock(ref text, out long clock))
            return false;
        time += clock;
        return TryOffset(text, ref time, out hasZone);
    }

    static bool TryClock(ref ReadOnlySpan<byte> text, out long clock)
    {
        clock = 0;
        if (!TryDigits(ref text, 2, out int hour) || hour > 23
            || !TrySkip(ref text, ':') || !TryDigits(ref text, 2, out int minute) || minute > 59)
            return false;
        int second = 0;
        long fraction = 0;
        if (TrySkip(ref text, ':'))
        {
            if (!TryDigits(ref text, 2, out second) || second > 59)
                return false;
            if ((TrySkip(ref text, '.') || TrySkip(ref text, ',')) && !TryFraction(ref text, out fraction))
                return false;
        }
        clock = ((((hour * 60L) + minute) * 60) + second) * MicrosecondsPerSecond + fraction;
        return true;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        int digits = 0;
        while (!text.IsEmpty && char.IsAsciiDigit((char)text[0]))
        {
            if (digits++ < 6)
                microseconds = (microseconds * 10) + (text[0] - '0');
            text = text[1..];
        }
        for (int missing = digits; missing < 6; missing++)
            microseconds *= 10;
        return digits > 0;
    }

    static bool TryOffset(ReadOnlySpan<byte> text, ref long time, out bool hasZone)
    {
        hasZone = !text.IsEmpty;
        if (text.IsEmpty)
            return true;
        if (TrySkip(ref text, 'Z'))
            return text.IsEmpty;
        int sign = TrySkip(ref text, '+') ? 1 : TrySkip(ref text, '-') ? -1 : 0;
        if (sign == 0 || !TryDigits(ref text, 2, out int hours) || hours > 18)
            return false;
        int minutes = 0;
        if (!text.IsEmpty)
        {
            TrySkip(ref text, ':');
            if (!TryDigits(ref text, 2, out minutes) || minutes > 59)
                return false;
        }
        time -= sign * ((hours * 60L) + minutes) * 60 * MicrosecondsPerSecond;
        return text.IsEmpty;
    }

    static bool TryDigits(ref ReadOnlySpan<byte> text, int count, out int number)
    {
        number = 0;
        if (text.Length < count)
            return false;
        foreach (byte digit in text[..count])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }
        text = text[count..];
        return true;
    }

    static bool TrySkip(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }
}
