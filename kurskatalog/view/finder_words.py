"""What the finder's scripts say, in one language: key -> text, with {names} for what the script puts in."""

from __future__ import annotations

from kurskatalog.words import Words


def finder_words(words: Words) -> dict[str, str]:
    """All texts of the finder, the header's search and the list."""
    return {**_results(words), **_filters(words), **_values(words), **_list(words)}


def _results(words: Words) -> dict[str, str]:
    return {
        "results_label": words("Results"),
        "result": words("1 result"),
        "results": words("{number} results"),
        "course": words("1 course"),
        "courses": words("{number} courses"),
        "nothing": words("Nothing was found for “{question}”. Try another word, or fewer."),
        "no_course": words("No course has all that you chose. Take something away."),
        "mended": words("There is no “{from}”. You see results for “{better}”."),
        "partial": words("Nothing has all the words. You see what has most of them."),
        "no_index": words("The text search is not here now. The filters work."),
        "show_all": words("Show all {number} results"),
        "more": words("Show more"),
        "sort": words("Order"),
        "sort_relevance": words("Best match first"),
        "sort_deadline": words("Nearest deadline first"),
        "sort_start": words("Earliest start first"),
        "sort_title": words("By title"),
        "sort_credits": words("Most credits first"),
        "types": words("Kind of page"),
        "kinds_all": words("All"),
        "kinds_course": words("Courses"),
        "kinds_module": words("Modules"),
        "kinds_plan": words("Plans"),
        "kinds_provider": words("Providers"),
        "kinds_page": words("Pages"),
        "kind_course": words("Course"),
        "kind_module": words("Module"),
        "kind_plan": words("Plan"),
        "kind_provider": words("Provider"),
        "kind_page": words("Page"),
        "level": words("level {level}"),
        "outside": words("without a level"),
        "credits": words("{number} studiepoeng"),
        "hour": words("1 hour"),
        "hours": words("{number} hours"),
        "apply_by": words("Apply by {day}"),
    }


def _filters(words: Words) -> dict[str, str]:
    return {
        "filters": words("Filters"),
        "filters_on": words("Filters ({number} on)"),
        "chosen": words("Filters that are on"),
        "show_results": words("Show {number} results"),
        "show_values": words("Show all {number}"),
        "drop": words("Take away the filter {what}"),
        "drop_all": words("Take all away"),
        "filter_state": words("Application"),
        "filter_start": words("Start"),
        "filter_theme": words("Theme"),
        "filter_county": words("County"),
        "filter_place": words("Place"),
        "filter_form": words("Form of study"),
        "filter_level": words("Level"),
        "filter_credits": words("Credits"),
        "filter_hours": words("Workload"),
        "filter_price": words("Price"),
        "filter_provider": words("Provider"),
        "filter_language": words("Language of teaching"),
        "filter_maturity": words("Sustainability: how far the course goes"),
        "filter_dimension": words("The T-model: what the course builds"),
    }


def _values(words: Words) -> dict[str, str]:
    return {
        "state_open": words("Open for applications"),
        "state_closing": words("Closing soon"),
        "state_closed": words("Applications closed"),
        "state_running": words("Running now"),
        "state_over": words("Over"),
        "state_unknown": words("Dates not known"),
        "state_filter_open": words("Open for applications"),
        "state_filter_closing": words("Closes within 14 days"),
        "state_filter_closed": words("Applications closed"),
        "state_filter_running": words("Running now"),
        "state_filter_whenever": words("Begin whenever you like"),
        "state_filter_unknown": words("Dates not known"),
        "whenever": words("Begin whenever you like"),
        "within_31": words("Within a month"),
        "within_92": words("Within three months"),
        "spring": words("Spring {year}"),
        "autumn": words("Autumn {year}"),
        "kroner": words("{number} kr"),
        "free": words("free of charge"),
        "no_credits": words("none"),
        "up_to": words("up to {what}"),
        "over": words("more than {what}"),
        "between": words("{from} to {what}"),
    }


def _list(words: Words) -> dict[str, str]:
    return {
        "list_number": words("{number} in the list. Only this browser has it."),
        "list_empty": words("The list is empty. Press the star beside a course or a module to keep it here."),
        "list_sent": words("Somebody sent you a list of {number}."),
        "list_sent_empty": words("Nothing of this list is in the catalogue any more."),
        "list_take": words("Add all to my list"),
        "list_clear": words("Empty the list"),
        "take_out": words("Take {what} out of the list"),
        "take_out_short": words("Take out"),
        "compare": words("Compare"),
        "side_by_side": words("Side by side"),
        "print": words("Print"),
        "share": words("An address for this list, to send to others"),
        "copy": words("Copy"),
        "copied": words("Copied."),
        "unknown": words("not known"),
        "row_kind": words("What it is"),
        "row_provider": words("Provider"),
        "row_level": words("Level"),
        "row_credits": words("Credits"),
        "row_hours": words("Hours"),
        "row_state": words("Application"),
        "row_deadline": words("Next deadline"),
        "row_start": words("Start"),
        "no_application": words("no application"),
        "at_will": words("whenever you like"),
        "anywhere": words("anywhere"),
        "row_form": words("Form of study"),
        "row_places": words("Place"),
        "row_price": words("Price"),
        "row_language": words("Language"),
        "row_themes": words("Themes"),
    }
