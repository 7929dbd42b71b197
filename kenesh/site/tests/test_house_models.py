"""What import-linter cannot see: relations of the database point down too, and no lower room gets a name for a higher one."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField

ROOMS = ["site", "casework", "appeals", "followup", "council", "problems", "library", "people", "search", "themes", "kernel"]
DEPTH = {room: depth for depth, room in enumerate(ROOMS)}
PRIVATE = {"casework", "appeals"}


def relations() -> Iterator[tuple[str, str, Field]]:
    """(room of the model, room of its target, field) for every relation that our models declare."""
    for config in apps.get_app_configs():
        if not config.name.startswith("kenesh."):
            continue
        for model in config.get_models():
            for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
                if isinstance(field, ForeignKey | ManyToManyField):
                    yield config.label, field.related_model._meta.app_label, field


def test_rooms_are_the_installed_ones() -> None:
    assert {config.label for config in apps.get_app_configs() if config.name.startswith("kenesh.")} == set(ROOMS)


def test_foreign_keys_point_down() -> None:
    up = [str(field) for room, target, field in relations() if target in DEPTH and DEPTH[target] < DEPTH[room]]
    assert up == []


def test_a_relation_into_another_room_leaves_no_reverse_name_there() -> None:
    named = [
        str(field) for room, target, field in relations() if room != target and target in DEPTH and not field.remote_field.hidden
    ]
    assert named == []


def test_nothing_public_refers_to_a_case_or_an_appeal() -> None:
    crossing = [str(field) for room, target, field in relations() if target in PRIVATE and room not in PRIVATE]
    assert crossing == []


def test_public_models_have_no_attribute_that_leads_to_the_private_wing() -> None:
    leaks = [
        f"{model.__name__}.{relation.get_accessor_name()}"
        for config in apps.get_app_configs()
        if config.label not in PRIVATE
        for model in config.get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in PRIVATE
    ]
    assert leaks == []


def test_no_relation_hides_behind_a_generic_one() -> None:
    generic = [
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("kenesh.")
        for model in config.get_models()
        if any(type(field).__name__ == "GenericForeignKey" for field in model._meta.private_fields)
    ]
    assert generic == []
