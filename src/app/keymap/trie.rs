//! A tree of keys: each node is a command or leads on.

use std::collections::BTreeMap;

use crate::app::key::Key;

/// One section of a keymap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trie {
    root: Branch,
}

type Branch = BTreeMap<Key, Node>;

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Command(&'static str),
    Branch(Branch),
    /// A user's file took the key away: it ends the search here and means nothing.
    Nothing,
}

/// What a sequence leads to in one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A command.
    Command(&'static str),
    /// The keys that may follow.
    Pending(Vec<(Key, Option<&'static str>)>),
    /// Nothing.
    None,
}

/// Why a binding cannot stand beside another of the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// The same keys are bound already.
    Duplicate,
    /// One is the beginning of the other, which could then never be typed.
    Prefix,
}

impl Trie {
    /// Binds keys; on a clash nothing changes. `None` takes the keys away.
    pub(super) fn bind(&mut self, keys: &[Key], command: Option<&'static str>) -> Result<(), Clash> {
        let Some((last, path)) = keys.split_last() else { return Ok(()) };
        let mut branch = &mut self.root;
        for key in path {
            let node = branch.entry(*key).or_insert_with(|| Node::Branch(Branch::new()));
            match node {
                Node::Branch(next) => branch = next,
                Node::Command(_) | Node::Nothing => return Err(Clash::Prefix),
            }
        }
        match branch.get(last) {
            Some(Node::Branch(_)) => Err(Clash::Prefix),
            Some(Node::Command(_) | Node::Nothing) => Err(Clash::Duplicate),
            None => {
                branch.insert(*last, command.map_or(Node::Nothing, Node::Command));
                Ok(())
            }
        }
    }

    /// Lays another section over this one: where they differ the other wins.
    pub(super) fn overlay(&mut self, other: &Self) {
        overlay(&mut self.root, &other.root);
    }

    /// What the keys lead to.
    pub fn find(&self, keys: &[Key]) -> Found {
        let mut branch = &self.root;
        let mut keys = keys.iter().peekable();
        while let Some(key) = keys.next() {
            match branch.get(key) {
                Some(Node::Branch(next)) => branch = next,
                Some(Node::Command(name)) if keys.peek().is_none() => return Found::Command(name),
                _ => return Found::None,
            }
        }
        let following = branch.iter().filter_map(|(key, node)| match node {
            Node::Command(name) => Some((*key, Some(*name))),
            Node::Branch(_) => Some((*key, None)),
            Node::Nothing => None,
        });
        Found::Pending(following.collect())
    }

    /// The first of the shortest keys that run the command.
    pub fn keys_for(&self, command: &str) -> Option<Vec<Key>> {
        let mine = self.bindings().into_iter().filter(|(_, name)| *name == command);
        mine.map(|(keys, _)| keys).min_by_key(Vec::len)
    }

    /// Every binding, in the order of the keys.
    pub fn bindings(&self) -> Vec<(Vec<Key>, &'static str)> {
        let mut all = Vec::new();
        collect(&self.root, &mut Vec::new(), &mut all);
        all
    }
}

fn overlay(below: &mut Branch, above: &Branch) {
    for (key, node) in above {
        match (below.get_mut(key), node) {
            (Some(Node::Branch(below)), Node::Branch(above)) => overlay(below, above),
            _ => {
                below.insert(*key, node.clone());
            }
        }
    }
}

fn collect(branch: &Branch, path: &mut Vec<Key>, all: &mut Vec<(Vec<Key>, &'static str)>) {
    for (key, node) in branch {
        path.push(*key);
        match node {
            Node::Command(name) => all.push((path.clone(), name)),
            Node::Branch(next) => collect(next, path, all),
            Node::Nothing => {}
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::parse_script;

    fn keys(script: &str) -> Vec<Key> {
        parse_script(script).unwrap()
    }

    #[test]
    fn a_binding_that_hides_another_is_a_clash() {
        let mut trie = Trie::default();
        trie.bind(&keys("gr"), Some("go-records")).unwrap();
        assert_eq!(trie.bind(&keys("gr"), Some("other")), Err(Clash::Duplicate));
        assert_eq!(trie.bind(&keys("g"), Some("other")), Err(Clash::Prefix));
        assert_eq!(trie.bind(&keys("grx"), Some("other")), Err(Clash::Prefix));
    }

    #[test]
    fn an_overlay_replaces_single_keys_and_may_take_them_away() {
        let mut below = Trie::default();
        below.bind(&keys("gr"), Some("records")).unwrap();
        below.bind(&keys("gh"), Some("home")).unwrap();
        let mut above = Trie::default();
        above.bind(&keys("gr"), Some("reference")).unwrap();
        above.bind(&keys("gh"), None).unwrap();
        below.overlay(&above);
        assert_eq!(below.find(&keys("gr")), Found::Command("reference"));
        assert_eq!(below.find(&keys("gh")), Found::None);
    }
}
