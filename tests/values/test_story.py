"""A story's text, blocks and sentences cannot disagree."""

from hypothesis import given
from hypothesis import strategies as st

from backread.values.story import BlockKind, Story, Words

WORDS = st.builds(Words, text=st.text(min_size=1, max_size=30).filter(str.strip))
PARTS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from([k for k in BlockKind if k.has_sentences]),
            st.lists(WORDS, min_size=1, max_size=4),
        ),
        st.tuples(
            st.sampled_from([k for k in BlockKind if not k.has_sentences]),
            st.lists(WORDS, min_size=1, max_size=1),
        ),
    ),
    max_size=6,
)


@given(PARTS)
def test_offsets_frame_their_words(parts):
    story = Story.of(parts)
    assert [story.text[s.start : s.end] for s in story.sentences] == [s.text for s in story.sentences]
    assert all(
        story.blocks[s.block].start <= s.start and s.end <= story.blocks[s.block].end for s in story.sentences
    )


@given(PARTS)
def test_a_story_is_its_parts(parts):
    story = Story.of(parts)
    assert Story.of(story.parts()) == story


def test_a_date_line_stands_before_its_paragraph_in_one_line():
    story = Story.of(
        [
            (BlockKind.DATE_LINE, [Words(text="TARROW —")]),
            (BlockKind.PARAGRAPH, [Words(text="One."), Words(text="Two.")]),
        ]
    )
    assert story.text == "TARROW — One. Two."
