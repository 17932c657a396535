#include "lifecycle/cron/cron_field.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <span>
#include <string>

#include "base/text/text.hpp"
#include "lifecycle/cron/cron_fields.hpp"
#include "lifecycle/cron/cron_text.hpp"

namespace runsim {
namespace {

constexpr std::string_view kMonthNames[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdayNames[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Rule {
    std::string_view field;
    std::int32_t low;
    std::int32_t high;
    std::span<const std::string_view> names;  // names of the values from `low` on
};
constexpr Rule kRules[kCronFieldCount] = {
    {"minute", 0, 59, {}},
    {"hour", 0, 23, {}},
    {"day of month", 1, 31, {}},
    {"month", 1, 12, kMonthNames},
    {"day of week", 0, 6, kWeekdayNames},
    {"second", 0, 59, {}},
    {"year", kFirstCronYear, kLastCronYear, {}},
};

bool is_letter_l(std::string_view text) { return equal_in_any_case(text, "l"); }

// Returned for a number too large for every field.
constexpr std::int32_t kTooMuch = 1'000'000;
std::optional<std::int32_t> parse_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int32_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number < kTooMuch / 10 ? number * 10 + (c - '0') : kTooMuch;
    }
    return number;
}

class FieldParser {
public:
    explicit FieldParser(CronFieldIndex index) : index_(index), rule_(kRules[index]) {}

    Result<CronFieldSet> parse(std::string_view text) {
        if (text == "?" && (index_ == kCronDay || index_ == kCronWeekday)) text = "*";
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            if (!parse_element(text.substr(at, end - at))) return refuse(text.substr(at, end - at));
            at = end + 1;
        }
        return set_;
    }

private:
    bool parse_element(std::string_view text) {
        if (text == "*") {
            set_.star = true;
            return true;
        }
        if (index_ == kCronDay && is_letter_l(text)) {
            set_.last = true;
            return true;
        }
        if (index_ == kCronWeekday && text.size() > 1 && is_letter_l(text.substr(0, 1))) {
            const auto day = parse_value(text.substr(1));
            return text[1] >= '0' && text[1] <= '9' && day && add(*day, kLastOfMonth);
        }
        if (const auto hash = text.find('#'); index_ == kCronWeekday && hash != std::string_view::npos) {
            const auto nth = parse_number(text.substr(hash + 1));
            const std::string_view days = text.substr(0, hash);
            // A range accepts #n only with names: mon-wed#2, not 1-3#2.
            const bool digits = days.find_first_of("0123456789") != std::string_view::npos;
            if (!nth || *nth < 1 || *nth > 5 || days.find_first_of("*/") != std::string_view::npos) return false;
            return !(digits && days.find('-') != std::string_view::npos) && parse_range(days, *nth);
        }
        return parse_range(text, 0);
    }

    // VALUE, VALUE-VALUE or *, each with an optional /STEP
    bool parse_range(std::string_view text, int of_month) {
        std::optional<std::int32_t> step;
        if (const auto slash = text.find('/'); slash != std::string_view::npos) {
            step = parse_number(text.substr(slash + 1));
            if (!step || *step == 0) return false;
            text = text.substr(0, slash);
        }
        if (text == "*")
            return add_range(rule_.low, rule_.high, *step, of_month);  // parse_element has handled a bare *

        const auto dash = text.find('-');
        const auto low = parse_value(text.substr(0, dash));
        if (!low) return false;
        if (dash == std::string_view::npos) {
            return step ? add_range(*low, rule_.high, *step, of_month) : add(*low, of_month);
        }
        const std::string_view end = text.substr(dash + 1);
        const auto high = index_ == kCronDay && is_letter_l(end) ? rule_.high : parse_value(end);
        return high && add_range(*low, *high, step.value_or(1), of_month);
    }

    bool add_range(std::int32_t low, std::int32_t high, std::int32_t step, int of_month) {
        if (std::max(low, high) > rule_.high) return false;
        if (low == high) {  // jan-jan wraps around once, and so does 59/5, which is 59-59/5
            low = rule_.low;
            high = rule_.high;
        }
        if (low < high) return add_all(low, high, step, of_month);
        if (!add_all(low, rule_.high, step, of_month)) return false;
        // The engine's own formula for how far the last step reaches into the next round.
        const std::int32_t last = low + (rule_.high - low) / step * step;
        const std::int32_t length = rule_.high - rule_.low + 1;
        const std::int32_t left = rule_.high - last;
        const std::int32_t skipped = last - rule_.low + step > length && left < step ? step - left : 0;
        return add_all(rule_.low + skipped, high, step, of_month);
    }

    bool add_all(std::int32_t low, std::int32_t high, std::int32_t step, int of_month) {
        for (std::int32_t value = low; value <= high; value += step)
            if (!add(value, of_month)) return false;
        return true;
    }

    bool add(std::int32_t value, int of_month) {
        if (value < rule_.low || value > rule_.high) return false;
        set_.add(index_ == kCronYear ? value - kFirstCronYear : value);
        if (of_month != 0) {
            auto& which = set_.of_month[static_cast<std::size_t>(value)];
            which = static_cast<std::uint8_t>(which | 1u << of_month);
        }
        return true;
    }

    // A number (in its range or not) or a name.
    std::optional<std::int32_t> parse_value(std::string_view text) const {
        for (std::size_t i = 0; i < rule_.names.size(); ++i)
            if (equal_in_any_case(text, rule_.names[i])) return rule_.low + static_cast<std::int32_t>(i);
        const auto number = parse_number(text);
        return index_ == kCronWeekday && number == 7 ? 0 : number;
    }

    Error refuse(std::string_view element) const {
        std::string message(rule_.field);
        message.append(": \"").append(element).append("\" is not a value, range or step of ");
        append_int(message, rule_.low);
        message += '-';
        append_int(message, rule_.high);
        return Error{std::move(message)};
    }

    CronFieldIndex index_;
    const Rule& rule_;
    CronFieldSet set_;
};

}  // namespace

int CronFieldSet::size() const {
    return std::popcount(bits[0]) + std::popcount(bits[1]) + std::popcount(bits[2]) + (last ? 1 : 0);
}

std::uint64_t CronFieldSet::values(CronFieldIndex index) const {
    if (!star) return bits[0];
    const Rule& rule = kRules[index];
    return ((std::uint64_t{2} << rule.high) - 1) & ~((std::uint64_t{1} << rule.low) - 1);
}

Result<CronFieldSet> parse_cron_field(CronFieldIndex index, std::string_view text) {
    return FieldParser(index).parse(text);
}

}  // namespace runsim
