"""Key points and the leads that they stand under."""

from quizapp.core.deck_key_points import key_points


def test_a_bold_line_right_below_a_bullet_is_a_lead() -> None:
    """Markdown would take it for more of the bullet; an author who writes it there means the next bullets."""
    points = key_points("**Must mention:**\n- one\n- two\n**Strong answers add:**\n- three\n")
    assert [(point.lead, point.text) for point in points] == [
        ("Must mention", "one"),
        ("Must mention", "two"),
        ("Strong answers add", "three"),
    ]
