"""Form controls of ours: big tiles with icons, to choose one or several."""

from collections.abc import Mapping
from typing import Any

from django import forms


class _Tiles:
    """What both kinds of tiles share: an icon for each value."""

    icons: Mapping[str, str]

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, icons: Mapping[str, str] | None = None) -> None:
        super().__init__({"class": "tiles", **(attrs or {})}, choices)  # type: ignore[call-arg]
        self.icons = icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option, with the name of its icon added."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["icon"] = self.icons.get(str(value), "")
        return option


class TileSelect(_Tiles, forms.RadioSelect):
    """Choose one of the tiles: `TileSelect(icons={"wages": "pay"})`; icon names are those of `kenesh.kernel.icons`."""
