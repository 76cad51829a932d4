"""The colours of the program by what they are for, in light, dark and high contrast."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "window": "#F6F3EE",
        "surface": "#FFFFFF",
        "sunken": "#EDE8E0",
        "hover": "#F3EEE6",
        "text": "#20252B",
        "muted": "#565B61",
        "disabled": "#6A6D71",
        "line": "#DDD6CB",
        "border": "#827B71",
        "icon": "#4B5158",
        "primary": "#0E5A63",
        "primary_hover": "#0A474F",
        "on_primary": "#FFFFFF",
        "selected": "#DCECEB",
        "on_selected": "#0B464D",
        "link": "#0E5A63",
        "focus": "#1F55C4",
        "focus_on_primary": "#FFC043",
        "danger": "#A3231F",
        "danger_soft": "#FCEBE8",
        "warning": "#764800",
        "warning_soft": "#FFF2D8",
        "success": "#1B6538",
        "success_soft": "#E3F2E7",
        "info": "#1B4F8F",
        "info_soft": "#E6EFF9",
        "grade_o": "#5A2A85",
        "grade_o_soft": "#F0E8F8",
        "grade_g": "#1B6538",
        "grade_g_soft": "#E3F2E7",
        "grade_ri": "#764800",
        "grade_ri_soft": "#FFF2D8",
        "grade_i": "#9B1C1C",
        "grade_i_soft": "#FCE7E4",
        "grade_ng": "#565B61",
        "grade_ng_soft": "#EFECE6",
        "selection": "#0E5A63",
        "on_selection": "#FFFFFF",
        "tooltip": "#20252B",
        "on_tooltip": "#FFFFFF",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "window": "#1A1B1D",
        "surface": "#242629",
        "sunken": "#141516",
        "hover": "#2E3135",
        "text": "#EEEAE3",
        "muted": "#BDB8AF",
        "disabled": "#97938C",
        "line": "#3B3E42",
        "border": "#8D8A84",
        "icon": "#C9C5BD",
        "primary": "#7FCBD0",
        "primary_hover": "#A3DDE0",
        "on_primary": "#08282B",
        "selected": "#1F4246",
        "on_selected": "#D5F1F2",
        "link": "#8AD3D8",
        "focus": "#8FB8FF",
        "focus_on_primary": "#A34800",
        "danger": "#FFA79E",
        "danger_soft": "#47201D",
        "warning": "#F5C66B",
        "warning_soft": "#423112",
        "success": "#8ED6A5",
        "success_soft": "#1B3A26",
        "info": "#A3C8F7",
        "info_soft": "#1D3450",
        "grade_o": "#D5B6F5",
        "grade_o_soft": "#3A2650",
        "grade_g": "#8ED6A5",
        "grade_g_soft": "#1B3A26",
        "grade_ri": "#F5C66B",
        "grade_ri_soft": "#423112",
        "grade_i": "#FFA79E",
        "grade_i_soft": "#47201D",
        "grade_ng": "#BDB8AF",
        "grade_ng_soft": "#33363A",
        "selection": "#7FCBD0",
        "on_selection": "#08282B",
        "tooltip": "#EEEAE3",
        "on_tooltip": "#1A1B1D",
    }
)

HIGH_CONTRAST: Mapping[str, str] = MappingProxyType(
    {
        "window": "#000000",
        "surface": "#000000",
        "sunken": "#000000",
        "hover": "#1C1C1C",
        "text": "#FFFFFF",
        "muted": "#FFFFFF",
        "disabled": "#C0C0C0",
        "line": "#FFFFFF",
        "border": "#FFFFFF",
        "icon": "#FFFFFF",
        "primary": "#FFFFFF",
        "primary_hover": "#D9D9D9",
        "on_primary": "#000000",
        "selected": "#00344D",
        "on_selected": "#FFFFFF",
        "link": "#66D9FF",
        "focus": "#FFDD00",
        "focus_on_primary": "#A85A00",
        "danger": "#FF9C9C",
        "danger_soft": "#000000",
        "warning": "#FFDD00",
        "warning_soft": "#000000",
        "success": "#7CFC9A",
        "success_soft": "#000000",
        "info": "#66D9FF",
        "info_soft": "#000000",
        "grade_o": "#E0B8FF",
        "grade_o_soft": "#000000",
        "grade_g": "#7CFC9A",
        "grade_g_soft": "#000000",
        "grade_ri": "#FFDD00",
        "grade_ri_soft": "#000000",
        "grade_i": "#FF9C9C",
        "grade_i_soft": "#000000",
        "grade_ng": "#FFFFFF",
        "grade_ng_soft": "#000000",
        "selection": "#FFDD00",
        "on_selection": "#000000",
        "tooltip": "#FFFFFF",
        "on_tooltip": "#000000",
    }
)

PALETTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "high-contrast": HIGH_CONTRAST}
)

_GROUNDS = ("window", "surface", "sunken", "hover")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "muted", "link") for ground in _GROUNDS),
    *(("danger", ground) for ground in ("window", "surface")),
    ("disabled", "surface"),
    ("disabled", "window"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_selected", "selected"),
    ("on_selection", "selection"),
    ("on_tooltip", "tooltip"),
    *((tone, f"{tone}_soft") for tone in ("danger", "warning", "success", "info")),
    *(("text", f"{tone}_soft") for tone in ("danger", "warning", "success", "info")),
    *((f"grade_{grade}", f"grade_{grade}_soft") for grade in ("o", "g", "ri", "i", "ng")),
)
"""Every (words, ground) pair the program uses: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *((shape, ground) for shape in ("border", "icon", "focus", "primary") for ground in _GROUNDS),
    ("focus_on_primary", "primary"),
    ("focus", "selected"),
    ("icon", "selected"),
    *((tone, "surface") for tone in ("warning", "success", "info", "grade_o", "grade_g", "grade_ri", "grade_i")),
)
"""Every (line or icon, ground) pair that carries meaning: at least 3 to 1 (WCAG 2.2, 1.4.11)."""
