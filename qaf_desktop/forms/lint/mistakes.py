"""Every mistake an author is told about: a name for tools, why it matters, and whether it stops the form."""

# ruff: noqa: PIE796 - several mistakes share a reason; each member is numbered, so they stay apart

from __future__ import annotations

from enum import Enum
from typing import Final

_UNREADABLE: Final = "Nothing in it can be read, so there is no form yet."
_TOO_LARGE: Final = "A file of this size could stop the program, and no form of questions needs it."
_NOT_COUNTED: Final = "What stands there counts for nothing, and nobody would notice."
_WRONG_RULE: Final = "A rule that cannot be followed hides a question, or asks it of the wrong people."
_NEVER_TRUE: Final = "The rule would never come true, so what hangs on it would never be asked or accepted."
_PROFILE: Final = "Lists, paper and grades are made from it; with a name that is not there they stay empty."


class Mistake(Enum):
    """A kind of mistake. An error stops publishing; a warning is advice."""

    # Opening the file
    NO_FILE = (_UNREADABLE,)
    NOT_A_WORKBOOK = (_UNREADABLE,)
    PASSWORD = ("The program asks nobody for the passwords of workbooks.",)
    TOO_LARGE = (_TOO_LARGE,)
    DOCUMENT_TYPE = ("Such a declaration can be used to read other files or to fill the memory.",)
    MACROS = ("Macros are never run here, so what they would change is not changed.", False)
    EXTERNAL_LINKS = ("Other files are never opened from here; their last known values are used.", False)
    HIDDEN_SHEET = ("Whoever looks at the workbook may think otherwise.", False)
    NO_SURVEY = ("The questions are read from the sheet survey and from no other.",)
    EMPTY_SHEET = ("A form needs at least one question.",)
    NOT_UTF8 = ("Letters such as é, ł or ’ would come out as others.",)
    BROKEN_CSV = ("From the stray mark on, cells would be taken for one another.",)
    MERGED_CELLS = ("Only the first of merged cells holds anything; the others are empty.",)
    FORMULA = ("Forms keep the result of the day it was saved; later changes of other cells do not count.", False)
    FORMULA_WITHOUT_VALUE = ("The cell is empty for every program that does not work formulas out.",)
    FAILED_FORMULA = ("The form would show the error instead of your text.",)
    DATE_CELL = ("Excel stores a date as a number and each computer shows it in its own way.",)
    VERSION_NUMBER = ("To Excel 2026.10 and 2026.1 are the same number, so two versions would have one name.",)
    HIDDEN_ROW = ("Hidden rows are part of the form all the same.", False)
    STRAY_CELL = ("The cells of this row have probably moved, and each stands under the wrong heading.",)
    LONG_CELL = ("Excel cuts off what is longer when it saves.",)
    INVISIBLE_LETTER = ("Two names that look alike would not be the same, and the page would show a gap.",)

    # Headings
    UNKNOWN_COLUMN = (_NOT_COUNTED,)
    MISSING_COLUMN = ("Without it the rows cannot be read.",)
    DOUBLE_COLUMN = ("Only one of the two would count, and nobody can say which.",)
    BAD_COLUMN_NAME = ("Rules could not speak of this column.",)
    LANGUAGE_WITHOUT_CODE = (
        "Without the code the program cannot lay out Urdu from right to left, nor read aloud in the right voice.",
        False,
    )
    LANGUAGE_TWICE = ("Readers would find the same language twice, each half complete.", False)
    LANGUAGE_INCOMPLETE = ("Readers of that language meet sentences of another in between.", False)
    COLUMN_WITHOUT_LANGUAGE = ("Its words are taken for the default language only.", False)
    DEFAULT_LANGUAGE = ("The form would open in a language that has no words.",)

    # Rows of the survey sheet
    NO_TYPE = ("The row asks nothing.",)
    NO_NAME = ("Answers, versions and reports know a question by its name and by nothing else.",)
    BAD_NAME = ("Rules and records could not name the question.",)
    NAME_TWICE = ("One answer would overwrite the other.",)
    NAME_IN_TWO_GROUPS = ("Lists and reports use the first of the two.", False)
    AMBIGUOUS_NAME = ("Nobody can say which of the two is meant.",)
    NAME_KEPT = ("The form keeps its own particulars under that name.",)
    UNKNOWN_TYPE = ("The program would not know what to show.",)
    TYPE_NOT_USED_HERE = ("An audit on a laptop has no use for it, so it is left out of the program.",)
    NO_LIST = ("The question would have nothing to choose from.",)
    UNKNOWN_LIST = ("The question would have nothing to choose from.",)
    WORDS_AFTER_LIST = ("The program would look for a list of another name.",)
    OTHER_IN_SEVERAL_LANGUAGES = ("The word Other would stay in English.",)
    BLOCK_NOT_ENDED = ("Everything after it would belong to it.",)
    BLOCK_NOT_BEGUN = ("The rows before it would belong to nothing.",)
    REPEAT_IN_REPEAT = ("Tables within tables cannot be printed or compared.",)
    TOO_DEEP = ("Nobody finds a question that lies so deep.",)
    EMPTY_BLOCK = ("It would show as a heading with nothing under it.", False)
    NO_LABEL = ("People would see an empty line.",)
    LONG_LABEL = ("Long questions are read as several, and answered as one of them.", False)
    MARKUP = ("Marks for bold and colours are shown as they stand.", False)
    NO_GUIDANCE = ("Two auditors would answer it in two ways.", False)
    UNKNOWN_APPEARANCE = ("The question is shown plain.", False)
    APPEARANCE_NOT_USED_HERE = ("It needs a map or another program, and neither is here.",)
    APPEARANCE_OF_OTHER_TYPE = ("It changes nothing at a question of this type.", False)
    UNKNOWN_PARAMETER = ("It changes nothing.",)
    BAD_PARAMETER = ("The question could not be shown as meant.",)
    RANDOM_ORDER = ("Everybody must read the same form.",)
    BAD_DEFAULT = ("The question would begin with an answer that is refused.",)
    REQUIRED_NEVER_ANSWERED = ("Nobody could ever finish the form.",)
    REQUIRED_STOPS = ("Whoever comes to it cannot go on. If that is meant, say so in the label.", False)
    REQUIRED_READ_ONLY = ("Nobody can answer it, so nobody could finish the form.", False)
    CALCULATION_OF_VISIBLE = ("It replaces what a person typed whenever the answers it reads change.", False)
    NO_CALCULATION = ("A calculate row without one is always empty.",)
    RULE_NOT_USED = (_NOT_COUNTED, False)
    MESSAGE_WITHOUT_RULE = ("It would never be shown.", False)
    RULE_WITHOUT_MESSAGE = ("People would be refused without being told why.", False)

    # Rules
    BAD_RULE = (_WRONG_RULE,)
    OPEN_REFERENCE = ("The question's name would be shown as it stands instead of its answer.",)
    UNKNOWN_FUNCTION = (_WRONG_RULE,)
    FUNCTION_NOT_USED_HERE = ("The program has no such function, so the rule could not be followed.",)
    WRONG_ARGUMENTS = (_WRONG_RULE,)
    UNKNOWN_QUESTION = (_WRONG_RULE,)
    LOOSE_WORD = ("Without quotation marks or ${…} a word is looked for as a question, and is always empty.",)
    SMART_QUOTES = ("They are taken for straight ones here, and refused by other programs.", False)
    LONG_RULE = ("Nobody can check a rule of this length by reading it.", False)
    READS_ITSELF = ("The question would hide itself as soon as it is answered, or never be asked.",)
    LOOKS_AT_ITSELF = ("What the rule says would change while somebody answers.", False)
    READS_ITS_OWN_GROUP = ("The group would hide itself as soon as somebody answers in it, or never be asked.",)
    CIRCLE = ("Each rule waits for the other, so neither can be worked out.",)
    UNKNOWN_CHOICE = (_NEVER_TRUE,)
    EQUALS_ON_SEVERAL = ("It is true only when this one choice and no other is ticked.", False)
    NOT_A_DATE = (_NEVER_TRUE,)
    NOT_A_NUMBER = (_NEVER_TRUE,)
    WRONG_KIND = ("The comparison makes no sense for answers of this type, so it is always false.",)
    DOUBTFUL_KIND = ("It works for some answers only.", False)
    ANSWER_AS_TRUTH = ("Questions would be asked whatever the answer.", False)
    NO_ANSWER_TO_READ = ("It holds no answer, so the rule reads nothing.", False)
    FIRST_ROW_ONLY = ("From outside a table only its first row is read.", False)
    PATTERN_NOT_ANCHORED = (
        "Here the whole answer must fit; other programs accept it with anything before or after.",
        False,
    )
    BAD_PATTERN = ("No answer would ever be accepted.",)
    SLOW_PATTERN = ("With some answers the program would think for minutes.", False)
    UNKNOWN_LOOKUP_LIST = ("The rule would find nothing.",)
    UNKNOWN_LOOKUP_COLUMN = ("The rule would find nothing.",)
    EMPTY_FILTER_COLUMN = ("The list would always be empty.", False)

    # Choices
    CHOICE_WITHOUT_LIST = ("It would be offered nowhere.",)
    CHOICE_WITHOUT_NAME = ("An answer is kept by its name.",)
    CHOICE_WITH_SPACES = ("Several ticked choices are kept side by side, so a space would make it two.",)
    CHOICE_WITH_SPACE = ("Rules with selected() would take it for two choices.", False)
    CHOICE_TWICE = ("Nobody could tell afterwards which of the two was chosen.",)
    CHOICE_WITHOUT_LABEL = ("People would see its name or nothing.", False)
    SAME_LABEL = ("People cannot tell the two apart.", False)
    UNUSED_LIST = ("Perhaps a question names another list by mistake.", False)

    # Settings, profile, pictures
    NO_SETTING = ("Every record says which form it was written with, in which version.",)
    BAD_FORM_ID = ("Records and files are named after it.",)
    SEVERAL_SETTINGS = ("Only the first row counts.", False)
    NO_KIND = ("The form can be tried out, and is offered to nobody.", False)
    UNKNOWN_KIND = ("The program would not know where to offer the form.",)
    UNKNOWN_AUDIENCE = ("The form would be shown without the words for its readers.", False)
    PROFILE_NAME = (_PROFILE,)
    PROFILE_TYPE = (_PROFILE,)
    GROUP_NOT_PRINTED = ("Its answers would be missing on paper.", False)
    NEITHER_YES_NOR_NO = (_WRONG_RULE,)
    MISSING_PICTURE = ("There would be a gap where the picture belongs.",)
    PICTURE_FORMAT = ("Not every computer can show it.", False)
    MISSING_FILE = ("The question would have nothing to choose from.",)
    BAD_FILE = ("The question would have nothing to choose from.",)

    # Making the form
    NOT_COMPILED = ("The form cannot be made from these rows.",)

    why: str
    serious: bool

    def __new__(cls, why: str, serious: bool = True) -> Mistake:
        """Number the members, because two with the same reason would be one and the same to an Enum."""
        mistake = object.__new__(cls)
        mistake._value_ = len(cls.__members__)
        mistake.why = why
        mistake.serious = serious
        return mistake

    @property
    def code(self) -> str:
        """The name a tool knows the mistake by, such as ``unknown-column``."""
        return self.name.lower().replace("_", "-")
