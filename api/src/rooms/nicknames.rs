//! Nicknames for those who have none (ACC-6): adjective, animal, number.

use syncwatch_service::random_bytes;

const ADJECTIVES: &[&str] = &[
    "Amber", "Bold", "Brave", "Bright", "Calm", "Cheerful", "Clever", "Cosmic", "Curious", "Daring", "Dreamy", "Eager",
    "Fearless", "Gentle", "Golden", "Happy", "Humble", "Jolly", "Kind", "Lively", "Lucky", "Lunar", "Mellow", "Merry",
    "Mighty", "Misty", "Nimble", "Noble", "Patient", "Playful", "Polite", "Proud", "Quiet", "Quick", "Rapid", "Royal",
    "Silent", "Silver", "Sleepy", "Smooth", "Snowy", "Solar", "Sunny", "Swift", "Tender", "Velvet", "Warm", "Wise",
];

const ANIMALS: &[&str] = &[
    "Badger", "Bear", "Beaver", "Bison", "Cheetah", "Crane", "Deer", "Dolphin", "Eagle", "Falcon", "Ferret", "Finch",
    "Fox", "Gazelle", "Gecko", "Hare", "Hedgehog", "Heron", "Ibex", "Jackdaw", "Koala", "Lark", "Lemur", "Leopard",
    "Lynx", "Magpie", "Marten", "Mole", "Moose", "Otter", "Owl", "Panda", "Penguin", "Puffin", "Quail", "Raven",
    "Robin", "Salmon", "Seal", "Sparrow", "Squirrel", "Swan", "Tiger", "Toad", "Turtle", "Walrus", "Whale", "Wolf",
];

/// A nickname such as `Quiet Otter 42`.
pub(crate) fn generate_nickname() -> String {
    let [adjective, animal, number] = random_bytes::<3>().map(usize::from);
    let number = 10 + number % 90;
    format!("{} {} {number}", ADJECTIVES[adjective % ADJECTIVES.len()], ANIMALS[animal % ANIMALS.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    // ACC-6
    #[test]
    fn generated_nicknames_are_valid_and_rarely_the_same() {
        let names: HashSet<String> = (0..100).map(|_| generate_nickname()).collect();
        assert!(names.len() > 90);
        for name in names {
            assert!(crate::input::nickname(&name).is_ok(), "{name}");
        }
    }
}
