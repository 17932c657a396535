#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace runsim {

// The numbers of a date before year, month and day are identified: 01/02/2003, 13-Jan-99.
class DateMembers {
public:
    enum class Label { none, year, month };
    struct Date {
        std::optional<std::int64_t> year, month, day;
    };

    // `long_form`: more than two digits, which only a year has. Returns false if the member cannot have this label.
    bool add(std::int64_t value, bool long_form, Label label = Label::none);

    std::size_t size() const { return values_.size(); }
    bool has_century() const { return has_century_; }
    bool could_be_day(std::int64_t value) const;
    // Identifies the members by label, size and the order month-day-year. Returns nullopt if there are more than three.
    std::optional<Date> resolve() const;

private:
    std::optional<Date> resolve_by_labels() const;
    Date resolve_two() const;
    Date resolve_three() const;

    std::vector<std::int64_t> values_;
    std::optional<std::size_t> year_, month_;  // places in values_
    bool has_century_ = false;
};

}  // namespace runsim
